package io.sockerless.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import io.sockerless.support.SockerlessServer;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server itself by the internal API. */
class SystemInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void capabilitiesNameTheBackendAndWhatItHas() {
    JsonObject document = api.get("capabilities").object();

    assertThat(document.getString("backend")).isEqualTo("docker");
    assertThat(document.getString("version")).isNotEmpty();
    assertThat(document.getJsonObject("capabilities").keySet())
        .containsExactlyInAnyOrder(
            "exec",
            "attach",
            "logs",
            "logs_follow",
            "volumes",
            "networks",
            "health_checks",
            "image_pull",
            "image_load",
            "image_build",
            "archive",
            "stats",
            "pause",
            "events",
            "max_timeout_seconds",
            "agent_required");
  }

  @Test
  void withoutADaemonCapabilitiesAreKnownAndAllElseIs503() {
    try (SockerlessServer server =
        SockerlessServer.start(Map.of("SOCKERLESS_DOCKER_HOST", "unix:///nowhere/docker.sock"))) {
      InternalApi alone = InternalApi.at(server.edgePort());

      Reply containers = alone.get("containers");

      assertThat(alone.get("capabilities").status()).isEqualTo(200);
      assertThat(containers.status()).isEqualTo(503);
      assertThat(containers.message()).contains("unix:///nowhere/docker.sock");
      assertThat(containers.header("X-Request-Id")).isNotEmpty();
    }
  }

  @Test
  void versionAndInfoAreTheDaemonsWithOurs() {
    JsonObject version = api.get("version").object();
    JsonObject info = api.get("info").object();

    assertThat(version.getString("ApiVersion"))
        .isEqualTo(daemon.ask().versionCmd().exec().getApiVersion());
    assertThat(version.getJsonArray("Components").toString()).contains("Sockerless");
    assertThat(info.getString("ID")).isEqualTo(daemon.ask().infoCmd().exec().getId());
  }

  @Test
  void eventsAndDiskUsageAnswer() {
    String id = daemon.container("true");

    Reply events = api.get("events?since=0&until=" + (System.currentTimeMillis() / 1000 + 1));
    Reply usage = api.get("system/df");

    assertThat(events.text()).contains("\"create\"").contains(id);
    assertThat(usage.object()).containsKey("Images");
  }
}
