package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.CuttableRelay;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Machine;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that agents carry, through the docker command and a real server. */
@Timeout(180)
class AgentIT {

  private static final int CUTS = 50;
  private static final String REVERSE = "sockerless.agent=reverse";

  private static SockerlessServer server;
  private static DockerCli docker;

  @TempDir private Path files;

  private final List<String> made = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    // The docker command comes with the daemon, which tests without one need not have.
    DockerDaemon.require();
    server = SockerlessServer.memory();
    docker = new DockerCli(server.dockerHost());
  }

  @AfterEach
  void remove() throws Exception {
    for (String id : made) {
      docker.run("rm", "-f", id);
    }
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private String create(String label, String... rest) {
    List<String> arguments = new ArrayList<>(List.of("create", "-l", label));
    arguments.addAll(List.of(rest));
    String id = docker.ok(arguments.toArray(new String[0])).lines().toList().getLast();
    made.add(id);
    return id;
  }

  private Machine machine(String id, String... agentOptions) {
    Machine machine = Machine.start(server, id, agentOptions);
    open.add(machine);
    return machine;
  }

  /** A container that runs until it is told to end. */
  private String sleeping() {
    String id = create(REVERSE, "alpine", "sleep", "1000");
    machine(id);
    docker.ok("start", id);
    return id;
  }

  @Test
  void theWrappedCommandRunsWhereItsAgentIsAndItsEndIsTheContainers() throws Exception {
    String id = create(REVERSE, "alpine", "sh", "-c", "echo out; echo err >&2; exit 3");
    Machine machine = machine(id);

    DockerCli.Ended ended = docker.run("start", "-a", id);

    assertThat(ended.out()).isEqualTo("out\n");
    assertThat(ended.err()).isEqualTo("err\n");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(machine.exitCode()).isEqualTo(3);
    assertThat(docker.ok("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id))
        .isEqualTo("exited 3");
  }

  @Test
  void aStartWaitsForItsAgent() {
    String id = create(REVERSE, "alpine", "echo", "late");

    CompletableFuture<DockerCli.Ended> started =
        CompletableFuture.supplyAsync(() -> docker.run("start", "-a", id));
    await().until(() -> Files.readString(server.log()).contains(id + ": waiting for its agent"));
    assertThat(started).isNotDone();
    machine(id);

    assertThat(started.join().out()).isEqualTo("late\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "kill", "rm", "rm -f"})
  void aStartWaitsNoLongerOnceItsContainerIsEnded(String how) {
    String id = create(REVERSE, "alpine", "true");
    CompletableFuture<DockerCli.Ended> started =
        CompletableFuture.supplyAsync(() -> docker.run("start", id));
    await().until(() -> Files.readString(server.log()).contains(id + ": waiting for its agent"));

    docker.run((how + " " + id).split(" "));

    assertThat(started)
        .succeedsWithin(Duration.ofSeconds(30))
        .extracting(DockerCli.Ended::err)
        .asString()
        .contains("the container was stopped before its agent came");
    assertThat(docker.run("inspect", id).code()).isEqualTo(how.startsWith("rm") ? 1 : 0);
  }

  @Test
  void aPruneLeavesAContainerWhoseStartWaits() throws Exception {
    String id = create(REVERSE, "alpine", "echo", "late");
    CompletableFuture<DockerCli.Ended> started =
        CompletableFuture.supplyAsync(() -> docker.run("start", "-a", id));
    await().until(() -> Files.readString(server.log()).contains(id + ": waiting for its agent"));

    assertThat(docker.ok("container", "prune", "-f")).doesNotContain(id);

    assertThat(started).isNotDone();
    machine(id);
    assertThat(started)
        .succeedsWithin(Duration.ofSeconds(30))
        .extracting(DockerCli.Ended::out)
        .isEqualTo("late\n");
  }

  @Test
  void whatADockerClientDoesWorks() throws Exception {
    String id = sleeping();

    assertThat(docker.run("exec", id, "sh", "-c", "exit 5").code()).isEqualTo(5);
    assertThat(docker.run("exec", id, "no-such").code()).isEqualTo(127);
    assertThat(docker.run("text".getBytes(StandardCharsets.UTF_8), "exec", "-i", id, "cat").out())
        .isEqualTo("text");
    assertThat(docker.ok("exec", "-w", "/tmp", "-e", "A=b", id, "sh", "-c", "pwd; echo $A"))
        .isEqualTo("/tmp\nb");
    assertThat(docker.ok("top", id)).contains("sleep 1000");
    assertThat(docker.ok("exec", id, "sh", "-c", "echo [$SOCKERLESS_AGENT_TOKEN]")).isEqualTo("[]");
    assertThat(docker.ok("stats", "--no-stream", "--format", "{{.PIDs}}", id)).isEqualTo("1");
    docker.ok("pause", id);
    docker.ok("unpause", id);
    docker.ok("kill", "-s", "TERM", id);
    assertThat(docker.ok("wait", id)).isEqualTo("143");
  }

  @Test
  void healthIsCheckedWhereTheAgentIs() throws Exception {
    Path sick = files.resolve("sick");
    String id =
        create(
            REVERSE,
            "--health-cmd",
            "echo here; test ! -e " + sick,
            "--health-interval",
            "200ms",
            "--health-retries",
            "2",
            "alpine",
            "sleep",
            "1000");
    machine(id);
    docker.ok("start", id);

    awaitHealth(id, "healthy 0 here");
    Files.createFile(sick);
    awaitHealth(id, "unhealthy 1 here");
    Files.delete(sick);
    awaitHealth(id, "healthy 0 here");
  }

  @Test
  void aHealthCheckThatTakesTooLongIsKilledWhereTheAgentIs() {
    String id =
        create(
            REVERSE,
            "--health-cmd",
            "echo begun; exec sleep 4321",
            "--health-interval",
            "200ms",
            "--health-timeout",
            "500ms",
            "--health-retries",
            "1",
            "alpine",
            "sleep",
            "1000");
    machine(id);
    docker.ok("start", id);

    awaitHealth(id, "unhealthy -1 Health check exceeded timeout (500ms): begun");
    docker.ok("stop", "-t", "5", id);
    await()
        .untilAsserted(() ->
            assertThat(ProcessHandle.allProcesses())
                .noneMatch(it -> it.info().commandLine().orElse("").contains("sleep 4321")));
  }

  private static void awaitHealth(String id, String expected) {
    String last =
        "{{.State.Health.Status}} {{with .State.Health.Log}}{{$l := index . 0}}"
            + "{{range .}}{{$l = .}}{{end}}{{$l.ExitCode}} {{$l.Output}}{{end}}";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(docker.ok("inspect", "-f", last, id)).isEqualTo(expected));
  }

  @Test
  void filesAreCopiedWhereTheAgentIs() throws Exception {
    String id = sleeping();
    Path source = Files.write(files.resolve("source"), random(3_000_000));
    Path folder = Files.createDirectory(files.resolve("machine"));

    docker.ok("cp", source.toString(), id + ":" + folder);
    docker.ok("cp", id + ":" + folder.resolve("source"), files.resolve("back").toString());

    assertThat(folder.resolve("source")).hasSameBinaryContentAs(source);
    assertThat(files.resolve("back")).hasSameBinaryContentAs(source);
    assertThat(docker.run("cp", id + ":/no/such", files.toString()).err())
        .contains("Could not find the file /no/such in container " + id);
  }

  @Test
  void whatIsCopiedBeforeTheAgentComesIsThereWhenTheCommandStarts() throws Exception {
    Path source = Files.writeString(files.resolve("staged-" + System.nanoTime()), "staged\n");
    String target = "/tmp/" + source.getFileName();
    String id = create(REVERSE, "alpine", "cat", target);
    docker.ok("cp", source.toString(), id + ":/tmp/");
    machine(id);

    String output = docker.ok("start", "-a", id);
    Files.delete(Path.of(target));

    assertThat(output).isEqualTo("staged");
  }

  @Test
  void theServerCallsAnAgentThatWaits() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String address = "127.0.0.1:" + port;
    String id =
        create(
            "sockerless.agent=forward",
            "-l",
            "sockerless.agent.address=" + address,
            "alpine",
            "sh",
            "-c",
            "echo called; exit 4");
    machine(id);

    DockerCli.Ended ended = docker.run("start", "-a", id);

    assertThat(ended.out()).isEqualTo("called\n");
    assertThat(ended.code()).isEqualTo(4);
  }

  @Test
  void anAgentCallsWhereClientsDoAndMayCallTheServersOwnPortInstead() {
    String path = "/internal/v1/agent/connect";
    String id = create(REVERSE, "alpine", "sleep", "1000");
    assertThat(docker.ok("inspect", "-f", "{{.Config.Entrypoint}}", id))
        .contains("--callback ws://127.0.0.1:" + server.edgePort() + path);
    machine(id, "--callback", "ws://127.0.0.1:" + server.httpPort() + path);
    docker.ok("start", id);
    byte[] sent = random(2_000_000);

    DockerCli.Ended ended = docker.run(sent, "exec", "-i", id, "sh", "-c", "cat; exit 6");

    assertThat(ended.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(sent);
    assertThat(ended.code()).isEqualTo(6);
  }

  @Test
  void everyByteArrivesOnceHoweverOftenTheConnectionIsCut() throws Exception {
    try (CuttableRelay relay = new CuttableRelay(server.edgePort())) {
      String id = create(REVERSE, "alpine", "sleep", "1000");
      String callback = "ws://127.0.0.1:" + relay.port() + "/internal/v1/agent/connect";
      Machine machine = machine(id, "--callback", callback);
      docker.ok("start", id);
      byte[] sent = random(2_000_000);

      CompletableFuture<Void> cuts =
          CompletableFuture.runAsync(
              () -> cut(relay, machine), task -> Thread.ofPlatform().start(task));
      do {
        DockerCli.Ended ended = docker.run(sent, "exec", "-i", id, "sh", "-c", "cat; exit 9");
        assertThat(ended.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(sent);
        assertThat(ended.code()).isEqualTo(9);
      } while (!cuts.isDone());

      cuts.join();
      assertThat(relay.connections()).isGreaterThanOrEqualTo(CUTS);
    }
  }

  /** Cuts the connection again and again, each time at a random moment after it stands. */
  private static void cut(CuttableRelay relay, Machine machine) {
    Random random = new Random(11);
    for (int cut = 1; cut <= CUTS; cut++) {
      int connections = cut;
      await()
          .pollInterval(Duration.ofMillis(1 + random.nextInt(60)))
          .atMost(Duration.ofSeconds(40))
          .until(() -> machine.log().split("connected to the server", -1).length > connections);
      relay.cut();
    }
  }

  @Test
  void aContainerWhoseAgentIsGoneIsRemovedAllTheSame() throws Exception {
    String id = create(REVERSE, "alpine", "sleep", "1000");
    Machine machine = machine(id);
    docker.ok("start", id);
    machine.close();
    await().until(() -> Files.readString(server.log()).contains(id + ": agent disconnected"));

    assertThat(docker.run("cp", id + ":/etc/hostname", "-").err())
        .contains("are where it runs, and its agent is not connected");
    assertThat(docker.run("export", id).err())
        .contains("are where it runs, and its agent is not connected");
    docker.ok("rm", "-f", id);

    assertThat(docker.run("inspect", id).err()).contains("No such object: " + id);
  }

  @Test
  void oneAgentCarriesManyCommandsAtOnce() {
    String id = sleeping();

    List<CompletableFuture<String>> outputs =
        IntStream.range(0, 40)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> docker.ok("exec", id, "sh", "-c", "sleep 1; echo " + i),
                    task -> Thread.ofVirtual().start(task)))
            .toList();

    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i).join()).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void whoMayNotComeIsRefused() {
    String id = create(REVERSE, "alpine", "true");
    String plain = create("a=b", "alpine", "true");

    assertThat(connect("")).isEqualTo(400);
    assertThat(connect("?id=" + "0".repeat(64))).isEqualTo(404);
    assertThat(connect("?id=" + id.substring(0, 12))).isEqualTo(404);
    assertThat(connect("?id=" + id)).isEqualTo(401);
    assertThat(connect("?id=" + id + "&token=" + "0".repeat(64))).isEqualTo(401);
    assertThat(connect("?id=" + plain)).isEqualTo(401);
    assertThat(connect("?id=" + plain + "&token=")).isEqualTo(401);
  }

  private static int connect(String query) {
    return server.send("GET", "/internal/v1/agent/connect" + query, "").statusCode();
  }

  @Test
  void anAddressThatIsNoneIsRefusedAtOnce() {
    DockerCli.Ended ended =
        docker.run(
            "create",
            "-l",
            "sockerless.agent=forward",
            "-l",
            "sockerless.agent.address=not an address",
            "alpine",
            "true");

    assertThat(ended.err())
        .contains("label sockerless.agent.address: \"not an address\" is no address of an agent");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void aSecondAgentOfAContainerIsTurnedAway() throws IOException {
    String id = sleeping();

    Machine second = machine(id);

    await()
        .untilAsserted(() ->
            assertThat(Files.readString(server.log()))
                .contains(
                    "container " + id + ": an agent is turned away: the container has an agent"));
    assertThat(docker.ok("exec", id, "echo", "still")).isEqualTo("still");
    assertThat(second.log()).doesNotContain("connected to the server");
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
