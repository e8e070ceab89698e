package io.sockerless.volume;

import static io.sockerless.support.InternalApi.escape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes by the internal API; the criteria are those of DKR-002. */
class VolumeInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();
  private final String name = Daemon.freshName();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void criterion23CreateAnswersTheVolume() {
    Reply reply =
        api.post("volumes", "{\"Name\": \"" + name + "\", \"Labels\": {\"criterion\": \"23\"}}");

    daemon.removingVolume(name);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object().getString("Name")).isEqualTo(name);
    assertThat(reply.object().getJsonObject("Labels").getString("criterion")).isEqualTo("23");
    assertThat(daemon.ask().inspectVolumeCmd(name).exec().getMountpoint())
        .isEqualTo(reply.object().getString("Mountpoint"));
  }

  @Test
  void criterion24ListAnswersVolumesAndNoWarnings() {
    volume();

    Reply reply = api.get("volumes?filters=" + escape("{\"name\":[\"" + name + "\"]}"));
    Reply none = api.get("volumes?filters=" + escape("{\"name\":[\"" + name + "-not\"]}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getJsonArray("Warnings")).isEmpty();
    assertThat(reply.object().getJsonArray("Volumes").getValuesAs(JsonObject.class))
        .extracting(volume -> volume.getString("Name"))
        .containsExactly(name);
    assertThat(none.object().getJsonArray("Volumes")).isEmpty();
    assertThat(none.object().getJsonArray("Warnings")).isEmpty();
  }

  @Test
  void criterion25InspectAnswersTheVolume() {
    volume();

    Reply reply = api.get("volumes/" + name);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getString("Name")).isEqualTo(name);
    assertThat(reply.object().keySet()).contains("Driver", "Mountpoint", "Scope", "Labels");
  }

  @Test
  void criterion26DeleteRemovesTheVolume() {
    volume();

    assertThat(api.delete("volumes/" + name).status()).isEqualTo(204);
    assertThatThrownBy(() -> daemon.ask().inspectVolumeCmd(name).exec())
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void pruneRemovesWhatTheFilterNames() {
    daemon.ask().createVolumeCmd().withName(name).withLabels(Map.of("test", name)).exec();
    daemon.removingVolume(name);

    Reply reply =
        api.post(
            "volumes/prune?filters="
                + escape("{\"label\":[\"test=" + name + "\"],\"all\":[\"true\"]}"));

    assertThat(reply.status()).isIn(200, 400);
    if (reply.status() == 400) {
      // Daemons before API 1.42 prune named volumes without being asked to, and do not know "all".
      reply = api.post("volumes/prune?filters=" + escape("{\"label\":[\"test=" + name + "\"]}"));
    }
    assertThat(reply.object().getJsonArray("VolumesDeleted").toString()).contains(name);
  }

  private void volume() {
    daemon.ask().createVolumeCmd().withName(name).exec();
    daemon.removingVolume(name);
  }
}
