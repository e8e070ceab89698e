package io.sockerless.backend.core.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.event.EventHistory;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreSystemTest {

  @TempDir Path folder;
  private final EventHistory events = new EventHistory();
  private final FakeContainers containers = new FakeContainers();
  private Store store;
  private CoreSystem system;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    system =
        new CoreSystem(
            new ServerFacts(
                "memory", "1.2.3", folder, List.of("http://mirror:5000/"), List.of("json-file")),
            store,
            events,
            () -> containers,
            new FewHoldings(),
            credentials -> "token of " + credentials.getString("username"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** One of each kind, told apart by its name. */
  private static final class FewHoldings implements Holdings {
    @Override
    public int imageCount() {
      return 7;
    }

    @Override
    public JsonArray images() {
      return Json.createArrayBuilder().add("image").build();
    }

    @Override
    public long layersSize() {
      return 70;
    }

    @Override
    public JsonArray containers() {
      return Json.createArrayBuilder().add("container").build();
    }

    @Override
    public JsonArray volumes() {
      return Json.createArrayBuilder().add("volume").build();
    }

    @Override
    public JsonArray buildCache() {
      return Json.createArrayBuilder()
          .add(Json.createObjectBuilder().add("Size", 30))
          .add(Json.createObjectBuilder().add("Size", 12))
          .build();
    }
  }

  private JsonObject info() {
    return system.info(Calls.query()).document().asJsonObject();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Builder-Version | 1",
        "Cache-Control | no-cache, no-store, must-revalidate",
        "Content-Type | text/plain; charset=utf-8",
        "Pragma | no-cache",
        "Swarm | inactive",
      })
  void aPingHasHeadersOfItsOwn(String name, String value) {
    assertThat(system.ping(Calls.query()).headers().first(name)).contains(value);
    assertThat(system.pingHead(Calls.query()).headers().first(name)).contains(value);
  }

  @Test
  void aPingSaysOkAndTheHeadOfOneNothing() {
    assertThat(new String(system.ping(Calls.query()).bytes(), UTF_8)).isEqualTo("OK");
    Answer head = system.pingHead(Calls.query());
    assertThat(head.length()).isZero();
    assertThat(head.bytes()).isEmpty();
  }

  @Test
  void containersAreCountedByState() {
    containers.add("c1", "running");
    containers.add("c2", "restarting");
    containers.add("c3", "paused");
    containers.add("c4", "exited");
    containers.add("c5", "created");
    JsonObject info = info();
    assertThat(info.getInt("Containers")).isEqualTo(5);
    assertThat(info.getInt("ContainersRunning")).isEqualTo(2);
    assertThat(info.getInt("ContainersPaused")).isEqualTo(1);
    assertThat(info.getInt("ContainersStopped")).isEqualTo(2);
    assertThat(info.getInt("Images")).isEqualTo(7);
  }

  @Test
  void theIdLastsAsLongAsTheData() {
    String id = info().getString("ID");
    assertThat(id).isNotEmpty();
    store.close();
    open();
    assertThat(info().getString("ID")).isEqualTo(id);
  }

  @Test
  void theInfoIsOfThisMachine() {
    JsonObject info = info();
    assertThat(info.getInt("NCPU")).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(info.getJsonNumber("MemTotal").longValue()).isPositive();
    assertThat(info.getString("KernelVersion")).isEqualTo(System.getProperty("os.version"));
    assertThat(info.getString("DockerRootDir")).isEqualTo(folder.toString());
    assertThat(info.getJsonObject("Swarm").getString("LocalNodeState")).isEqualTo("inactive");
    assertThat(
            info.getJsonObject("RegistryConfig")
                .getJsonArray("Mirrors")
                .getValuesAs(JsonString::getString))
        .containsExactly("http://mirror:5000/");
  }

  @Test
  void theInfoTellsWhoListensToEvents() {
    try (Answer listening = system.events(Calls.query())) {
      assertThat(listening.status()).isEqualTo(200);
      assertThat(info().getInt("NEventsListener")).isEqualTo(1);
    }
    assertThat(info().getInt("NEventsListener")).isZero();
  }

  @Test
  void theVersionIsThatOfDockersReleaseAndOfTheBuildSinceClientsCompareItWithDockers() {
    JsonObject version = system.version(Calls.query()).document().asJsonObject();
    assertThat(version.getString("Version")).isEqualTo("28.5.2+sockerless.1.2.3");
    assertThat(info().getString("ServerVersion")).isEqualTo("28.5.2+sockerless.1.2.3");
    assertThat(version.getString("ApiVersion")).isEqualTo("1.51");
    assertThat(version.getString("MinAPIVersion")).isEqualTo("1.24");
    assertThat(version.getJsonArray("Components").getJsonObject(0).getString("Name"))
        .isEqualTo("Engine");
  }

  @Test
  void allThatIsHeldIsUsedSpaceUnlessTheClientChooses() {
    assertThat(system.diskUsage(Calls.query()).document().asJsonObject().keySet())
        .containsExactly("LayersSize", "Images", "Containers", "Volumes", "BuildCache");
    JsonObject chosen =
        system
            .diskUsage(Calls.query("type", "volume", "type", "build-cache"))
            .document()
            .asJsonObject();
    assertThat(chosen.keySet()).containsExactly("Volumes", "BuildCache");
    assertThat(chosen.getJsonArray("Volumes").getString(0)).isEqualTo("volume");
    assertThatThrownBy(() -> system.diskUsage(Calls.query("type", "colour")))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @Test
  void anOldClientGetsTheCachesSizeSummed() {
    JsonObject usage =
        system.diskUsage(Calls.version("1.41", Calls.query())).document().asJsonObject();
    assertThat(usage.getInt("BuilderSize")).isEqualTo(42);
  }

  @Test
  void aLoginAnswersTheRegistrysToken() {
    JsonObject answer = system.auth(Calls.body("{\"username\":\"me\"}")).document().asJsonObject();
    assertThat(answer.getString("Status")).isEqualTo("Login Succeeded");
    assertThat(answer.getString("IdentityToken")).isEqualTo("token of me");
  }

  @Test
  void buildKitIsRefusedWithAWayOut() {
    assertThatThrownBy(() -> system.session(Calls.query()))
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessageContaining("DOCKER_BUILDKIT=0");
    assertThatThrownBy(() -> system.grpc(Calls.query()))
        .isInstanceOf(EngineException.NotImplemented.class);
  }

  @Test
  void everyFieldOfTheDefinitionIsThere() {
    assertThat(info())
        .containsKeys(
            "Architecture",
            "CPUSet",
            "CPUShares",
            "CgroupDriver",
            "CgroupVersion",
            "ContainerdCommit",
            "CpuCfsPeriod",
            "CpuCfsQuota",
            "Debug",
            "DefaultRuntime",
            "Driver",
            "DriverStatus",
            "ExperimentalBuild",
            "GenericResources",
            "HttpProxy",
            "HttpsProxy",
            "IPv4Forwarding",
            "IndexServerAddress",
            "InitBinary",
            "InitCommit",
            "Isolation",
            "Labels",
            "LiveRestoreEnabled",
            "LoggingDriver",
            "MemoryLimit",
            "NFd",
            "NGoroutines",
            "Name",
            "NoProxy",
            "OSType",
            "OSVersion",
            "OomKillDisable",
            "OperatingSystem",
            "PidsLimit",
            "Plugins",
            "ProductLicense",
            "RuncCommit",
            "Runtimes",
            "SecurityOptions",
            "ServerVersion",
            "SwapLimit",
            "SystemTime",
            "Warnings");
    assertThat(info().get("Warnings")).isEqualTo(JsonValue.EMPTY_JSON_ARRAY);
  }
}
