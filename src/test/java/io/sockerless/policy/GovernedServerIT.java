package io.sockerless.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The docker command at a server with rules and a record, before each backend. */
@ParameterizedClass
@ValueSource(strings = {"memory", "docker"})
class GovernedServerIT {

  private static final String RULES =
      """
      rules:
        - name: everybody
          who: ["*"]
          allow: [containers.*, execs.*, images.*, networks.*, volumes.*, system.*]
        - name: no files out
          who: ["*"]
          deny: [containers.getArchive]
      """;

  @SuppressWarnings("NullAway.Init")
  @Parameter
  private String backend;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static SockerlessServer server;

  @SuppressWarnings("NullAway.Init")
  private static DockerCli docker;

  private final List<String> names = new ArrayList<>();

  @BeforeParameterizedClassInvocation
  static void start(String backend) throws IOException {
    DockerDaemon.require();
    Map<String, String> settings = new HashMap<>();
    settings.put("SOCKERLESS_BACKEND", backend);
    settings.put("SOCKERLESS_DATA", folder.resolve("data").toString());
    settings.put("SOCKERLESS_REGISTRY_MIRRORS", "http://127.0.0.1:5000");
    settings.put(
        "SOCKERLESS_POLICY_FILE",
        Files.writeString(folder.resolve("policy.yaml"), RULES).toString());
    settings.put("SOCKERLESS_AUDIT_FILE", folder.resolve("audit.log").toString());
    server = SockerlessServer.start(settings);
    docker = new DockerCli(server.dockerHost());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @AfterEach
  void remove() {
    names.forEach(name -> docker.run("rm", "-f", "-v", name));
  }

  private static String now() {
    Instant now = Instant.now();
    return String.format(Locale.ROOT, "%d.%09d", now.getEpochSecond(), now.getNano());
  }

  private String name() {
    String name = Daemon.freshName();
    names.add(name);
    return name;
  }

  @Test
  void theDockerCommandWorksAsEver() {
    String name = name();
    docker.ok("run", "-d", "--name", name, "alpine", "sleep", "60");

    assertThat(docker.ok("run", "--rm", "alpine", "sh", "-c", "echo hi | wc -c").strip())
        .isEqualTo("3");
    assertThat(docker.run("in".getBytes(StandardCharsets.UTF_8), "exec", "-i", name, "cat").out())
        .isEqualTo("in");
    assertThat(docker.ok("ps", "--format", "{{.Names}}")).contains(name);
    assertThat(docker.ok("inspect", "-f", "{{index .Config.Labels \"sockerless.owner\"}}", name))
        .isEqualTo("anonymous");
    // As durations these would be whole seconds, and the start is in this very one.
    assertThat(
            docker.ok(
                "events", "--since", "0.0", "--until", now(), "--filter", "container=" + name))
        .contains("start");
  }

  @Test
  void theBuildersImagesHaveTheirOwner() throws IOException {
    String tag = Daemon.freshName();
    Path context = Files.createTempDirectory(folder, "context");
    Files.writeString(
        context.resolve("Dockerfile"), "FROM alpine\nLABEL sockerless.owner=bob\nRUN true\n");
    docker.ok("build", "-t", tag, context.toString());

    assertThat(docker.ok("inspect", "-f", "{{index .Config.Labels \"sockerless.owner\"}}", tag))
        .isEqualTo("anonymous");
    docker.ok("rmi", tag);
  }

  @Test
  void whatTheRulesDoNotCoverIsRefusedInTheirWords() {
    assertThat(docker.run("run", "--rm", "--privileged", "alpine", "true").err())
        .contains(
            "authorization denied by policy: rule 1 (everybody) does not cover this:"
                + " privileged is not permitted");
    assertThat(docker.run("run", "--rm", "-v", "/etc:/e", "alpine", "true").err())
        .contains("binds /etc is not permitted");
    assertThat(docker.run("run", "--rm", "--net", "host", "alpine", "true").err())
        .contains("namespaces network is not permitted");
  }

  @Test
  void aWayToReadFilesIsARightOfItsOwn() {
    String name = name();
    docker.ok("create", "--name", name, "alpine", "true");

    assertThat(docker.run("cp", name + ":/etc/passwd", "-").err())
        .contains("rule 2 (no files out) denies containers.getArchive");
  }

  @Test
  void noSpellingOfAPathIsAWayAround() {
    String body = "{\"Image\":\"alpine\",\"HostConfig\":{\"Privileged\":true}}";
    for (String path :
        List.of(
            "/containers/create",
            "/v1.41/containers/create",
            "//containers//create",
            "/v1.41//containers/create",
            "/%63ontainers/create",
            "/containers%2Fcreate",
            "/internal/v1/containers")) {
      assertThat(server.send("POST", path, body).statusCode()).as(path).isEqualTo(403);
    }
    for (String path :
        List.of("/containers/create", "/v1.41/containers/create", "/internal/v1/containers")) {
      assertThat(server.sendToServer("POST", path, body).statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void whatWasThereBeforeTheRulesIsNotSeen() {
    if (backend.equals("docker")) {
      String name = Daemon.freshName();
      DockerCli direct = new DockerCli(DockerDaemon.host());
      direct.ok("create", "--name", name, "alpine", "true");
      try {
        assertThat(docker.ok("ps", "-a", "--format", "{{.Names}}")).doesNotContain(name);
        assertThat(docker.run("start", name).err()).contains("No such container: " + name);
        assertThat(docker.run("rm", "-f", name).err()).contains("No such container: " + name);
      } finally {
        direct.ok("rm", name);
      }
    } else {
      assertThat(docker.run("start", "nothing").err()).contains("No such container: nothing");
    }
  }

  @Test
  void eachCommandIsOnTheRecord() {
    String name = name();
    docker.ok("create", "--name", name, "alpine", "true");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .anySatisfy(line ->
                    assertThat(line)
                        .contains(
                            "\"operation\":\"containers.create\"",
                            "\"name\":\"" + name + "\"",
                            "\"decision\":\"allow\"",
                            "\"status\":201")));
  }
}
