package io.sockerless.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import io.sockerless.support.Registries;
import io.sockerless.support.SockerlessServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server answers, held to what it says that it answers. */
class InternalApiDocumentIT {

  /** It asks a public registry. */
  private static final Set<String> OUTSIDE = Set.of("searchImages");

  private static final String IMAGE = "alpine:latest";

  private final SockerlessServer server = SockerlessServer.memory();
  private final DescribedApi api = new DescribedApi(InternalApi.at(server.edgePort()));
  private final String name = Daemon.freshName();

  @BeforeAll
  static void needsRegistries() {
    Registries.require();
  }

  @Test
  void everyOperationAnswersAsItIsDescribed() throws IOException {
    images();
    networksAndVolumes();
    String id = container();
    live(id);
    files(id);
    stop(id);
    system();
    prune();

    assertThat(api.called()).containsAll(api.plain(OUTSIDE));
  }

  private void images() {
    String copy = "127.0.0.1:5000/sockerless/described";
    assertThat(api.callWith("{\"Reference\": \"" + IMAGE + "\"}", "pullImage").text())
        .doesNotContain("errorDetail");
    api.call("createImage", "fromImage", "alpine", "tag", "latest");
    api.call("listImages", "all", "1", "shared-size", "1");
    assertThat(api.call("inspectImage", "name", IMAGE).object())
        .isEqualTo(api.call("inspectImageByQuery", "name", IMAGE).object());
    api.call("imageHistory", "name", IMAGE);
    api.call("tagImage", "name", IMAGE, "repo", copy, "tag", "1");
    api.call("tagImageByQuery", "name", IMAGE, "repo", copy, "tag", "2");
    assertThat(api.call("pushImage", "name", copy, "tag", "1").text())
        .doesNotContain("errorDetail");
    byte[] saved = api.call("saveImage", "name", copy + ":1").bytes();
    assertThat(api.call("saveImages", "names", copy + ":1").bytes()).isNotEmpty();
    api.callWith(saved, "loadImages", "quiet", "0");
    api.call("removeImage", "name", copy + ":1");
    api.call("removeImage", "name", copy + ":2");
  }

  private void networksAndVolumes() {
    String network =
        api.callWith("{\"Name\": \"" + name + "\"}", "createNetwork").object().getString("Id");
    api.call("inspectNetwork", "id", network);
    assertThat(api.call("listNetworks").array()).isNotEmpty();
    api.callWith("{\"Name\": \"" + name + "\"}", "createVolume");
    api.call("inspectVolume", "name", name);
    assertThat(api.call("listVolumes").object().getJsonArray("Volumes")).isNotEmpty();
    api.call("removeVolume", "name", name, "force", "1");
  }

  private String container() {
    String spec =
        """
        {"Image": "%s", "Cmd": ["sh", "-c", "echo up; sleep 1000"], "Labels": {"test": "%s"},
         "HostConfig": {"Memory": 67108864}}
        """
            .formatted(IMAGE, name);
    String id = api.callWith(spec, "createContainer", "name", name).object().getString("Id");
    assertThat(api.call("startContainer", "id", id).status()).isEqualTo(204);
    assertThat(api.call("startContainer", "id", id).status()).isEqualTo(304);
    assertThat(api.call("listContainers", "all", "1", "size", "1").array()).isNotEmpty();
    api.call("inspectContainer", "id", id, "size", "1");
    return id;
  }

  private void live(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            api.call("containerLogs", "id", id, "stdout", "1", "tail", "all").bytes().length > 0);
    api.call("containerProcesses", "id", id);
    api.call("containerStats", "id", id, "stream", "0", "one-shot", "1");
    api.callWith("{\"Container\": \"" + id + "\"}", "connectNetwork", "id", name);
    api.call("inspectNetwork", "id", name);
    api.callWith("{\"Container\": \"" + id + "\"}", "disconnectNetwork", "id", name);
    String exec =
        api.callWith("{\"Cmd\": [\"sleep\", \"1000\"], \"Tty\": true}", "createExec", "id", id)
            .object()
            .getString("Id");
    api.callWith("{\"Detach\": true, \"Tty\": true}", "startExec", "id", exec);
    api.call("inspectExec", "id", exec);
    api.call("resizeExec", "id", exec, "h", "40", "w", "100");
    api.call("resizeContainer", "id", id, "h", "40", "w", "100");
    api.callWith("{\"PidsLimit\": 50}", "updateContainer", "id", id);
    api.call("pauseContainer", "id", id);
    api.call("unpauseContainer", "id", id);
  }

  private void files(String id) {
    byte[] tar = api.call("getArchive", "id", id, "path", "/etc/hosts").bytes();
    api.callWith(tar, "putArchive", "id", id, "path", "/tmp");
    api.call("statPath", "id", id, "path", "/tmp/hosts");
    assertThat(api.call("containerChanges", "id", id).text()).contains("/tmp/hosts");
    assertThat(api.call("exportContainer", "id", id).bytes()).isNotEmpty();
    Reply image =
        api.callWith("{\"Labels\": {\"a\": \"b\"}}", "commitContainer", "id", id, "repo", name);
    api.call("removeImage", "name", image.object().getString("Id"), "force", "1");
  }

  private void stop(String id) {
    api.call("renameContainer", "id", id, "name", name + "-new");
    api.call("restartContainer", "id", id, "t", "0");
    api.call("killContainer", "id", id, "signal", "KILL");
    assertThat(api.call("waitForContainer", "id", id).object().getInt("StatusCode")).isEqualTo(137);
    assertThat(api.call("stopContainer", "id", id, "t", "0").status()).isEqualTo(304);
    api.call("removeContainer", "id", id, "force", "1", "v", "1");
    api.call("removeNetwork", "id", name);
  }

  private void system() throws IOException {
    api.call("describe");
    api.call("capabilities");
    api.call("version");
    api.call("info");
    api.call("diskUsage");
    api.callWith(Registries.credentials(Registries.PASSWORD), "auth");
    assertThat(api.call("events", "since", "10m", "until", "0s").text()).contains(name);
    api.callWith(context("FROM " + IMAGE + "\nLABEL test=" + name + "\n"), "buildImage", "t", name);
    api.call("removeImage", "name", name, "force", "1");
  }

  private static byte[] context(String dockerfile) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      byte[] text = dockerfile.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("Dockerfile");
      entry.setSize(text.length);
      tar.putArchiveEntry(entry);
      tar.write(text);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  /** Of what only this test could have made. */
  private void prune() {
    String own = "{\"label\": [\"test=" + name + "\"]}";
    api.call("pruneContainers", "filters", own);
    api.call("pruneImages", "filters", own);
    api.call("pruneNetworks", "filters", own);
    api.call("pruneVolumes", "filters", own);
  }

  @ParameterizedTest
  @CsvSource({
    "inspectContainer,id,404,No such container: nope",
    "startContainer,id,404,No such container: nope",
    "containerLogs,id,404,No such container: nope",
    "containerChanges,id,404,No such container: nope",
    "inspectExec,id,404,No such exec instance: nope",
    "inspectImage,name,404,No such image: nope",
    "removeImage,name,404,No such image: nope",
    "inspectNetwork,id,404,No such network: nope",
    "inspectVolume,name,404,No such volume: nope"
  })
  void whatIsMissingIsNamedAsItIsDescribed(
      String operation, String parameter, int status, String message) {
    Reply reply = api.call(operation, parameter, "nope");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void refusalsAreDescribedToo() {
    api.callWith("{\"Reference\": \"" + IMAGE + "\"}", "pullImage");
    String spec = "{\"Image\": \"" + IMAGE + "\"}";
    String id = api.callWith(spec, "createContainer", "name", name).object().getString("Id");

    assertThat(api.callWith(spec, "createContainer", "name", name).status()).isEqualTo(409);
    assertThat(api.call("containerProcesses", "id", id).status()).isEqualTo(409);
    assertThat(api.call("containerLogs", "id", id).status()).isEqualTo(400);
    assertThat(api.call("getArchive", "id", id, "path", "").status()).isEqualTo(400);
    assertThat(api.call("inspectImageByQuery").status()).isEqualTo(400);
    assertThat(api.call("removeNetwork", "id", "bridge").status()).isEqualTo(403);
    assertThat(api.call("buildImage", "version", "2").status()).isEqualTo(501);
    api.call("removeContainer", "id", id);
  }

  @ParameterizedTest
  @CsvSource({"attachContainer,containers/nope/attach", "startExec,exec/nope/start"})
  void theServersOwnPortCannotGiveItsConnectionAway(String operation, String path) {
    InternalApi port = InternalApi.at(server.httpPort());

    int status = port.post(path, "{}").status();

    assertThat(api.description().response(api.description().operation(operation), status))
        .isPresent();
  }

  @Test
  void bothPortsServeTheSameDocument() {
    Reply edge = InternalApi.at(server.edgePort()).get("openapi");
    Reply port = InternalApi.at(server.httpPort()).get("openapi");

    assertThat(edge.header("Content-Type")).startsWith("application/yaml");
    assertThat(port.header("Content-Type")).startsWith("application/yaml");
    assertThat(port.text()).isEqualTo(edge.text());
  }
}
