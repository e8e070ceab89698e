package io.sockerless.backend.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildServiceTest {

  @TempDir private Path folder;
  private BuildFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new BuildFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Image image(String name) {
    return fixture.images.find(name, "").orElseThrow();
  }

  @Test
  void aRunIsAContainerWithTheEventsOfOne() throws IOException {
    List<JsonObject> records = fixture.build("FROM base\nRUN hello\n", "t", "made");
    assertThat(BuildFixture.text(records)).contains("hello\n").contains("Successfully built");
    assertThat(fixture.events)
        .containsSubsequence(
            "container create",
            "container attach",
            "container start",
            "container die",
            "container destroy",
            "image tag");
    assertThat(fixture.listed()).isEmpty();
  }

  @Test
  void anAgentThatTheImageAsksForIsNotWaitedForByItsSteps() throws IOException {
    fixture.build("FROM base\nLABEL sockerless.agent=reverse\nRUN hello\n", "t", "made", "rm", "0");
    assertThat(fixture.listed().getFirst().getJsonObject("Labels"))
        .containsEntry("sockerless.agent", Json.createValue(""));
    assertThat(image("made").config().getJsonObject("Labels"))
        .containsEntry("sockerless.agent", Json.createValue("reverse"));
  }

  @Test
  void aContainerIsListedWhileItsCommandRuns() throws IOException {
    Call call = BuildFixture.call("FROM base\nRUN sleep\n");
    try (Answer answer = fixture.builds.build(call)) {
      await().until(() -> !fixture.processes.started.isEmpty());
      JsonObject container = fixture.listed().getFirst();
      assertThat(container.getString("State")).isEqualTo("running");
      assertThat(container.getString("Command")).isEqualTo("/bin/sh -c sleep");
      assertThat(container.getString("ImageID")).isEqualTo(image("base").id());
      call.cancellation().cancel();
      await().until(() -> fixture.listed().isEmpty());
    }
  }

  /** The folder of the step is what a killed server leaves; the next one begins with a start. */
  @Test
  void theNextServerRemovesTheContainerOfAStepThatDidNotEndAndNoOther() throws IOException {
    fixture.build("FROM base\nRUN hello\n", "rm", "0");
    Call call = BuildFixture.call("FROM base\nRUN sleep\n");
    try (Answer answer = fixture.builds.build(call)) {
      await().until(() -> fixture.listed().size() == 2);
      fixture.builds.start();
      assertThat(fixture.listed())
          .extracting(container -> container.getString("Command"))
          .containsExactly("/bin/sh -c hello");
    }
  }

  @Test
  void whatABuildStandsOnStaysWhenAnImageMadeOfItGoes() throws IOException {
    String shared = "FROM base AS shared\nLABEL step=shared\n";
    fixture.build(shared + "LABEL step=last\n", "t", "made");
    String id = fixture.build(shared).getLast().getString("stream").split("\\s+")[2];
    Call call = BuildFixture.call(shared + "FROM base\nRUN sleep\n");
    try (Answer answer = fixture.builds.build(call)) {
      await().until(() -> !fixture.processes.started.isEmpty());

      fixture.remove("made");
      assertThat(fixture.images.find(id, "")).isPresent();

      call.cancellation().cancel();
      await().until(() -> fixture.listed().isEmpty());
    }
    fixture.build(shared + "LABEL step=last\n", "t", "made");
    fixture.remove("made");
    assertThat(fixture.images.find(id, "")).isEmpty();
  }

  @Test
  void everyStepLeavesItsContainerIfTheClientWantsThat() throws IOException {
    String text = BuildFixture.text(fixture.build("FROM base\nENV A=1\nRUN hello\n", "rm", "0"));
    assertThat(text).contains("Running in").doesNotContain("Removing intermediate");
    assertThat(fixture.listed())
        .extracting(container -> container.getString("State"))
        .containsExactly("exited", "created");
    assertThat(fixture.listed())
        .extracting(container -> container.getString("Command"))
        .containsExactly("/bin/sh -c hello", "/bin/sh -c '#(nop) ' 'ENV A=1'");
  }

  @ParameterizedTest
  @CsvSource({"1,0,1", "0,0,2", "1,1,0", "0,1,0"})
  void aCommandThatFailsLeavesItsContainerUnlessNoneIsToStay(String rm, String forceRm, int left)
      throws IOException {
    List<JsonObject> records =
        fixture.build("FROM base\nRUN hello\nRUN exit 7\n", "rm", rm, "forcerm", forceRm);
    assertThat(records.getLast().getJsonObject("errorDetail").getInt("code")).isEqualTo(7);
    assertThat(fixture.listed()).hasSize(left);
  }

  @Test
  void hostsAreAddedWhetherAClientWritesThemTogetherOrEachByItself() throws IOException {
    fixture.build("FROM base\nRUN hello\n", "extrahosts", "a:1.1.1.1", "extrahosts", "b:2.2.2.2");
    fixture.build("FROM base\nRUN hello\n", "extrahosts", "[\"a:1.1.1.1\",\"b:2.2.2.2\"]");
    assertThat(fixture.processes.specs)
        .extracting(spec -> Documents.strings(spec.hostConfig(), "ExtraHosts"))
        .containsOnly(List.of("a:1.1.1.1", "b:2.2.2.2"));
  }

  @Test
  void aCommandRunsWithTheLimitsOfTheBuild() throws IOException {
    fixture.build(
        "FROM base\nRUN hello\n",
        "memory",
        "8000000",
        "cpuquota",
        "50000",
        "cpuperiod",
        "100000",
        "cpushares",
        "7",
        "cpusetcpus",
        "0",
        "shmsize",
        "1000",
        "cgroupparent",
        "/group",
        "ulimits",
        "[{\"Name\":\"nofile\",\"Soft\":10,\"Hard\":20}]");
    JsonObject hostConfig = fixture.processes.specs.getFirst().hostConfig();
    assertThat(hostConfig.getInt("Memory")).isEqualTo(8_000_000);
    assertThat(hostConfig.getInt("CpuQuota")).isEqualTo(50_000);
    assertThat(hostConfig.getInt("CpuPeriod")).isEqualTo(100_000);
    assertThat(hostConfig.getInt("CpuShares")).isEqualTo(7);
    assertThat(hostConfig.getString("CpusetCpus")).isEqualTo("0");
    assertThat(hostConfig.getInt("ShmSize")).isEqualTo(1000);
    assertThat(hostConfig.getString("CgroupParent")).isEqualTo("/group");
    assertThat(hostConfig.getJsonArray("Ulimits").getJsonObject(0).getInt("Soft")).isEqualTo(10);
  }

  @Test
  void parametersThatAreNoJsonAreRefused() {
    assertThatThrownBy(() -> fixture.build("FROM base\n", "ulimits", "{"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("error reading ulimits: ");
    assertThatThrownBy(() -> fixture.build("FROM base\n", "cachefrom", "{}"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("error reading cache-from: ");
  }

  @Test
  void noCommandAtAllIsThatOfTheImage() throws IOException {
    fixture.build("FROM base\nCMD [\"/bin/sh\",\"-c\",\"hello\"]\nRUN []\n", "t", "made");
    assertThat(fixture.processes.last().spec.command()).containsExactly("/bin/sh", "-c", "hello");
    fixture.build(
        "FROM base\nENTRYPOINT [\"/bin/sh\",\"-c\",\"hello\"]\nCMD x\nRUN []\n", "t", "made");
    assertThat(fixture.processes.last().spec.command()).containsExactly("/bin/sh", "-c", "hello");
  }

  @Test
  void neitherTheEntryPointNorTheCheckOfTheImageRunsInABuild() throws IOException {
    fixture.build(
        "FROM base\nENTRYPOINT [\"never\"]\nHEALTHCHECK CMD never\nRUN hello\n", "t", "made");
    assertThat(fixture.processes.last().spec.command()).containsExactly("/bin/sh", "-c", "hello");
    JsonObject config = fixture.processes.specs.getLast().config();
    assertThat(config.getJsonObject("Healthcheck").getJsonArray("Test").getString(0))
        .isEqualTo("NONE");
    assertThat(image("made").config().getJsonArray("Entrypoint").getString(0)).isEqualTo("never");
  }

  @Test
  void aStepIsTakenFromTheCacheUnlessAnotherSourceIsNamed() throws IOException {
    String dockerfile = "FROM base\nRUN hello\n";
    fixture.build(dockerfile);
    assertThat(BuildFixture.text(fixture.build(dockerfile))).contains("Using cache");
    assertThat(BuildFixture.text(fixture.build(dockerfile, "cachefrom", "[\"base\"]")))
        .doesNotContain("Using cache");
  }

  /** As if it had come from a registry: its parents and what made it are known to nobody. */
  private void stranger(String dockerfile, String name) throws IOException {
    fixture.build(dockerfile, "t", name);
    JsonObject document = image(name).document();
    fixture.close();
    fixture = new BuildFixture(folder.resolve("other"));
    Image parent = image("base");
    List<JsonObject> history =
        document.getJsonArray("history").getValuesAs(it -> it.asJsonObject());
    JsonObject bare = Json.createObjectBuilder(document).remove("rootfs").remove("history").build();
    for (JsonObject step : history.subList(1, history.size())) {
      var layer =
          step.getBoolean("empty_layer", false)
              ? Optional.<InputStream>empty()
              : Optional.<InputStream>of(
                  new ByteArrayInputStream(BuildFixture.tar("changed", "by a step")));
      parent = fixture.images.commit(Optional.of(parent), bare, step, layer);
    }
    fixture.images.tag(parent, name);
  }

  @Test
  void stepsAreTakenFromAnImageThatIsNamedAsASource() throws IOException {
    String dockerfile = "FROM base\nRUN hello\nENV A=1\nRUN again\n";
    stranger(dockerfile, "cached");
    assertThat(BuildFixture.text(fixture.build(dockerfile))).doesNotContain("Using cache");
    fixture.builds.pruneBuilds(Call.of(Query.none())).close();

    String text =
        BuildFixture.text(
            fixture.build(dockerfile, "t", "made", "cachefrom", "[\"nowhere\",\"cached\"]"));

    assertThat(text.split("Using cache", -1)).hasSize(4);
    assertThat(image("made").id()).isEqualTo(image("cached").id());
  }

  @Test
  void aStepThatTheSourceDoesNotHaveIsDone() throws IOException {
    stranger("FROM base\nRUN hello\nRUN again\n", "cached");
    String text =
        BuildFixture.text(
            fixture.build(
                "FROM base\nRUN hello\nRUN other\n", "t", "made", "cachefrom", "[\"cached\"]"));
    assertThat(text.split("Using cache", -1)).hasSize(2);
    assertThat(text).contains("other\n");
    assertThat(image("made").document().getJsonArray("history")).hasSize(3);
    assertThat(image("made").config().getJsonArray("Cmd").getString(0)).isEqualTo("x");
  }

  @Test
  void aContextMayBeFetched() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] tar = BuildFixture.tar("Dockerfile", "FROM base\nRUN archived\n");
    byte[] plain = "FROM base\nRUN plain\n".getBytes(StandardCharsets.UTF_8);
    serve(server, "/context.tar", tar);
    serve(server, "/Dockerfile", plain);
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(remote(url + "/context.tar")).contains("archived\n");
      assertThat(remote(url + "/Dockerfile")).contains("plain\n");
      assertThatThrownBy(() -> remote(url + "/nowhere"))
          .hasMessageContaining("failed to GET " + url + "/nowhere with status 404: ");
    } finally {
      server.stop(0);
    }
  }

  private static void serve(HttpServer server, String path, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  private String remote(String url) {
    Answer answer = fixture.builds.build(BuildFixture.call(new byte[0], "remote", url));
    return BuildFixture.text(BuildFixture.records(answer));
  }

  @Test
  void isolationIsTheDefaultsAlone() {
    assertThatThrownBy(
            () -> fixture.builds.build(BuildFixture.call(new byte[0], "isolation", "hyperv")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("Unsupported isolation: \"hyperv\"");
  }

  @Test
  void aRepositoryIsNotFetchedAndTheReasonGiven() {
    assertThatThrownBy(() -> remote("https://example.com/project.git"))
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessageContaining("no git");
  }
}
