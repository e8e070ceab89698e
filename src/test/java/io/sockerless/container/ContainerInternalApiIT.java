package io.sockerless.container;

import static io.sockerless.support.InternalApi.escape;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.ContainerNetwork;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers by the internal API; the criteria are those of DKR-002. */
class ContainerInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void criterion01CreateKeepsConfigHostConfigAndNetworkingConfig() {
    String network = Daemon.freshName();
    daemon.removingNetwork(daemon.ask().createNetworkCmd().withName(network).exec().getId());
    String name = Daemon.freshName();

    Reply reply =
        api.post(
            "containers?name=" + name,
            """
            {"Image": "alpine:latest", "Cmd": ["echo", "hi"], "Env": ["A=b"], "WorkingDir": "/tmp",
             "Labels": {"criterion": "1"}, "StopSignal": "SIGINT",
             "HostConfig": {"Binds": ["/tmp:/host:ro"], "Memory": 33554432, "NetworkMode": "%1$s",
                            "AutoRemove": false, "PidsLimit": 77},
             "NetworkingConfig": {"EndpointsConfig": {"%1$s": {"Aliases": ["other"]}}}}
            """
                .formatted(network));

    assertThat(reply.status()).isEqualTo(201);
    String id = daemon.removing(reply.object().getString("Id"));
    assertThat(reply.object().getJsonArray("Warnings")).isNotNull();
    JsonObject config = daemon.document("/containers/" + id + "/json").getJsonObject("Config");
    InspectContainerResponse made = daemon.ask().inspectContainerCmd(id).exec();
    assertThat(made.getName()).isEqualTo("/" + name);
    assertThat(made.getConfig().getCmd()).containsExactly("echo", "hi");
    assertThat(made.getConfig().getEnv()).contains("A=b");
    assertThat(made.getConfig().getWorkingDir()).isEqualTo("/tmp");
    assertThat(made.getConfig().getLabels()).containsEntry("criterion", "1");
    assertThat(config.getString("StopSignal")).isEqualTo("SIGINT");
    assertThat(made.getHostConfig().getMemory()).isEqualTo(33554432);
    assertThat(made.getHostConfig().getPidsLimit()).isEqualTo(77);
    assertThat(made.getHostConfig().getBinds()).hasSize(1);
    assertThat(made.getHostConfig().getBinds()[0].getAccessMode()).isEqualTo(AccessMode.ro);
    assertThat(made.getNetworkSettings().getNetworks())
        .extractingByKey(network)
        .extracting(ContainerNetwork::getAliases, as(InstanceOfAssertFactories.LIST))
        .contains("other");
  }

  @Test
  void createWithoutWarningsAnswersAnEmptyList() {
    Reply reply = api.post("containers", "{\"Image\": \"alpine:latest\"}");

    daemon.removing(reply.object().getString("Id"));
    assertThat(reply.object().getJsonArray("Warnings")).isEmpty();
  }

  @Test
  void criterion02StartRunsTheContainerAndAnswers304WhenItRuns() {
    String id = daemon.container("sleep", "1000");

    assertThat(api.post("containers/" + id + "/start").status()).isEqualTo(204);
    assertThat(isRunning(id)).isTrue();

    Reply again = api.post("containers/" + id + "/start");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
  }

  @Test
  void criterion03InspectAnswersTheWholeDocument() {
    String id = daemon.running();

    Reply reply = api.get("containers/" + id);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getJsonObject("State").getBoolean("Running")).isTrue();
    assertThat(reply.object()).isEqualTo(daemon.document("/containers/" + id + "/json"));
  }

  @Test
  void criterion04ListAnswersSummariesByFilter() {
    String label = Daemon.freshName();
    String running = labelled(label, "sleep", "1000");
    String created = labelled(label, "true");
    daemon.ask().startContainerCmd(running).exec();
    String filters = "filters=" + escape("{\"label\":[\"test=" + label + "\"]}");

    Reply some = api.get("containers?" + filters);
    Reply all = api.get("containers?all=true&" + filters);
    Reply last = api.get("containers?limit=1&" + filters);

    assertThat(some.status()).isEqualTo(200);
    assertThat(ids(some)).containsExactly(running);
    assertThat(ids(all)).containsExactlyInAnyOrder(running, created);
    assertThat(ids(last)).hasSize(1);
    assertThat(some.array().getJsonObject(0).getString("State")).isEqualTo("running");
  }

  @Test
  void criterion05StopEndsTheContainerInTime() {
    String id = daemon.running();

    Reply reply = api.post("containers/" + id + "/stop?t=0");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(exitCode(id)).isEqualTo(137);
    Reply again = api.post("containers/" + id + "/stop");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
  }

  @Test
  void criterion06KillSendsTheSignal() {
    String id =
        daemon.running(
            "sh", "-c", "trap 'exit 42' USR1; echo ready; while true; do sleep 0.1; done");
    await().until(() -> api.get("containers/" + id + "/logs?stdout=1").text().contains("ready"));

    Reply reply = api.post("containers/" + id + "/kill?signal=USR1");

    assertThat(reply.status()).isEqualTo(204);
    await().untilAsserted(() -> assertThat(isRunning(id)).isFalse());
    assertThat(exitCode(id)).isEqualTo(42);
  }

  @Test
  void criterion07DeleteRemovesTheContainerAndItsVolumes() {
    Reply created =
        api.post(
            "containers",
            "{\"Image\": \"alpine:latest\", \"Cmd\": [\"sleep\", \"1000\"], \"Volumes\": {\"/data\": {}}}");
    String id = daemon.removing(created.object().getString("Id"));
    daemon.ask().startContainerCmd(id).exec();
    String volume = daemon.ask().inspectContainerCmd(id).exec().getMounts().getFirst().getName();

    Reply refused = api.delete("containers/" + id);
    Reply forced = api.delete("containers/" + id + "?force=true&v=true");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(forced.status()).isEqualTo(204);
    assertThatThrownBy(() -> daemon.ask().inspectContainerCmd(id).exec())
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> daemon.ask().inspectVolumeCmd(volume).exec())
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void waitByPostAnswersTheExitCode() {
    String id = daemon.running("sh", "-c", "exit 7");

    Reply reply = api.post("containers/" + id + "/wait");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text().strip()).isEqualTo("{\"StatusCode\":7}");
  }

  @Test
  void waitForTheNextExitOutlastsAStart() {
    String id = daemon.container("sh", "-c", "exit 5");

    CompletableFuture<Reply> waiting =
        CompletableFuture.supplyAsync(
            () -> api.post("containers/" + id + "/wait?condition=next-exit"));
    await()
        .until(() -> {
          // The wait may be registered after a start, and then takes the next one.
          api.post("containers/" + id + "/start");
          return waiting.isDone();
        });

    assertThat(waiting.join().object().getInt("StatusCode")).isEqualTo(5);
  }

  @Test
  void criterion09LogsAnswerTheMultiplexedStream() {
    String id = daemon.running("sh", "-c", "echo one; echo bad >&2");
    String lines = daemon.running("seq", "1", "3");
    await().until(() -> !isRunning(id) && !isRunning(lines));

    Reply both = api.get("containers/" + id + "/logs?stdout=true&stderr=true");
    Reply errors = api.get("containers/" + id + "/logs?stderr=1");
    Reply tail = api.get("containers/" + lines + "/logs?stdout=1&tail=1");
    Reply stamped = api.get("containers/" + lines + "/logs?stdout=1&tail=1&timestamps=1");
    Reply followed = api.get("containers/" + lines + "/logs?stdout=1&follow=1&tail=1");

    assertThat(both.status()).isEqualTo(200);
    assertThat(both.bytes()).hasSize(24).contains(frame(1, "one\n")).contains(frame(2, "bad\n"));
    assertThat(errors.bytes()).isEqualTo(frame(2, "bad\n"));
    assertThat(tail.bytes()).isEqualTo(frame(1, "3\n"));
    assertThat(stamped.text()).containsPattern("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z 3\n");
    assertThat(followed.bytes()).isEqualTo(frame(1, "3\n"));
  }

  @Test
  void logsWithoutAStreamAre400() {
    String id = daemon.container("true");

    assertThat(api.get("containers/" + id + "/logs").status()).isEqualTo(400);
  }

  @Test
  void restartPauseUnpauseAndRenameDoWhatTheySay() {
    String id = daemon.running();
    String started = daemon.ask().inspectContainerCmd(id).exec().getState().getStartedAt();

    assertThat(api.post("containers/" + id + "/restart?t=0").status()).isEqualTo(204);
    assertThat(daemon.ask().inspectContainerCmd(id).exec().getState().getStartedAt())
        .isNotEqualTo(started);
    assertThat(api.post("containers/" + id + "/pause").status()).isEqualTo(204);
    assertThat(daemon.ask().inspectContainerCmd(id).exec().getState().getPaused()).isTrue();
    assertThat(api.post("containers/" + id + "/unpause").status()).isEqualTo(204);
    assertThat(daemon.ask().inspectContainerCmd(id).exec().getState().getPaused()).isFalse();
    String name = Daemon.freshName();
    assertThat(api.post("containers/" + id + "/rename?name=" + name).status()).isEqualTo(204);
    assertThat(daemon.ask().inspectContainerCmd(id).exec().getName()).isEqualTo("/" + name);
  }

  @Test
  void topAndStatsTellOfARunningContainer() {
    String id = daemon.running();

    Reply top = api.get("containers/" + id + "/top?ps_args=-ef");
    Reply stats = api.get("containers/" + id + "/stats?stream=false&one-shot=true");

    assertThat(top.object().getJsonArray("Processes").toString()).contains("sleep 1000");
    assertThat(stats.object().getJsonObject("memory_stats")).isNotEmpty();
  }

  @Test
  void updateResizeAndChangesReachTheContainer() {
    String id = daemon.running("sh", "-c", "touch /made; sleep 1000");

    Reply updated = api.post("containers/" + id + "/update", "{\"PidsLimit\": 55}");

    assertThat(updated.status()).isEqualTo(200);
    assertThat(daemon.ask().inspectContainerCmd(id).exec().getHostConfig().getPidsLimit())
        .isEqualTo(55);
    await().until(() -> api.get("containers/" + id + "/changes").text().contains("/made"));
  }

  @Test
  void archivesGoInAndComeOut() {
    String id = daemon.container("true");
    byte[] tar = api.get("containers/" + id + "/archive?path=/etc/hostname").bytes();

    Reply put =
        api.send("PUT", "containers/" + id + "/archive?path=/tmp", BodyPublishers.ofByteArray(tar));
    Reply stat =
        api.send(
            "HEAD", "containers/" + id + "/archive?path=/tmp/hostname", BodyPublishers.noBody());
    Reply missing = api.get("containers/" + id + "/archive?path=/nowhere");

    assertThat(put.status()).isEqualTo(200);
    assertThat(stat.status()).isEqualTo(200);
    assertThat(stat.header("X-Docker-Container-Path-Stat")).isNotEmpty();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.message()).contains("/nowhere").doesNotContain("No such container");
  }

  @Test
  void exportStreamsTheRootFileSystem() {
    String id = daemon.container("true");

    Reply reply = api.get("containers/" + id + "/export");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes()).hasSizeGreaterThan(100_000);
  }

  @Test
  void commitMakesAnImageOfTheContainer() {
    String id = daemon.container("true");
    String repository = Daemon.freshName();

    Reply reply = api.post("containers/" + id + "/commit?repo=" + repository + "&tag=1");

    daemon.removingImage(repository + ":1");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(daemon.ask().inspectImageCmd(repository + ":1").exec().getId())
        .isEqualTo(reply.object().getString("Id"));
  }

  @Test
  void pruneRemovesWhatTheFilterNames() {
    String label = Daemon.freshName();
    String id = labelled(label, "true");

    Reply reply =
        api.post("containers/prune?filters=" + escape("{\"label\":[\"test=" + label + "\"]}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getJsonArray("ContainersDeleted").toString()).contains(id);
  }

  private String labelled(String label, String... command) {
    return daemon.removing(
        daemon
            .ask()
            .createContainerCmd(Daemon.IMAGE)
            .withCmd(command)
            .withLabels(Map.of("test", label))
            .exec()
            .getId());
  }

  private static List<String> ids(Reply reply) {
    return reply.array().getValuesAs(JsonObject.class).stream()
        .map(summary -> summary.getString("Id"))
        .toList();
  }

  private boolean isRunning(String id) {
    return daemon.ask().inspectContainerCmd(id).exec().getState().getRunning();
  }

  private long exitCode(String id) {
    return daemon.ask().inspectContainerCmd(id).exec().getState().getExitCodeLong();
  }

  private static byte[] frame(int stream, String text) {
    byte[] frame = new byte[8 + text.length()];
    frame[0] = (byte) stream;
    frame[7] = (byte) text.length();
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, frame, 8, text.length());
    return frame;
  }
}
