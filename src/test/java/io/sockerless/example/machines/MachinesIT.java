package io.sockerless.example.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.DockerCli;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/write-a-backend.md}, through the docker command. */
@Timeout(180)
class MachinesIT extends MachinesFixture {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theSettingNamesTheBackendOfTheOtherJar() {
    assertThat(MachinesServer.shared().send("GET", "/internal/v1/capabilities", "").body())
        .contains("\"backend\":\"machines\"")
        .contains("\"agent_required\":true");
  }

  @Test
  void aMachineHasTheImagesFilesAndANameAndProcessesOfItsOwn() {
    assertThat(
            docker.ok(
                "run",
                "--rm",
                "-h",
                "far",
                "alpine",
                "sh",
                "-c",
                "hostname; echo $$; ls -d /bin /etc"))
        .startsWith("far\n")
        .endsWith("\n/bin\n/etc");
    assertThat(
            docker.ok(
                "run",
                "--rm",
                "-u",
                "1234:56",
                "-w",
                "/new",
                "alpine",
                "sh",
                "-c",
                "id -u; id -g; pwd"))
        .isEqualTo("1234\n56\n/new");
  }

  @Test
  void exitCodesAndOutputAreTheCommands() {
    DockerCli.Ended ended =
        docker.run("run", "--rm", "alpine", "sh", "-c", "echo out; echo err >&2; exit 7");

    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.out()).isEqualTo("out\n");
    assertThat(ended.err()).isEqualTo("err\n");
    assertThat(docker.run("run", "--rm", "alpine", "no-such").code()).isEqualTo(127);
  }

  @Test
  void inputEndsWhereTheClientEndsIt() {
    byte[] sent = new byte[3_000_000];
    new Random(3).nextBytes(sent);

    DockerCli.Ended ended = docker.run(sent, "run", "-i", "--rm", "alpine", "cat");

    assertThat(ended.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(sent);
  }

  @Test
  void commandsRunInARunningMachine() {
    String id = sleeping();

    assertThat(docker.run("exec", id, "sh", "-c", "exit 5").code()).isEqualTo(5);
    assertThat(docker.run("in".getBytes(StandardCharsets.UTF_8), "exec", "-i", id, "cat").out())
        .isEqualTo("in");
    assertThat(
            docker.ok(
                "exec",
                "-w",
                "/tmp",
                "-e",
                "A=b",
                "-u",
                "7",
                id,
                "sh",
                "-c",
                "pwd; echo $A; id -u"))
        .isEqualTo("/tmp\nb\n7");
    assertThat(docker.ok("top", id)).contains("sleep 1000");
    assertThat(docker.ok("stats", "--no-stream", "--format", "{{.PIDs}}", id)).isEqualTo("1");
  }

  @Test
  void aLogIsFollowedToTheContainersEnd() {
    String id = container("alpine", "sh", "-c", "for i in 1 2 3; do echo $i; sleep 1; done");

    assertThat(docker.ok("logs", "-f", id)).isEqualTo("1\n2\n3");
    assertThat(docker.ok("wait", id)).isEqualTo("0");
  }

  @Test
  void anAttachedClientSeesTheCommandToItsEnd() {
    String id = docker.ok("create", "-i", "alpine", "sh", "-c", "read x; echo got $x; exit 4");
    made.add(id);

    DockerCli.Ended ended =
        docker.run("this\n".getBytes(StandardCharsets.UTF_8), "start", "-ai", id);

    assertThat(ended.out()).isEqualTo("got this\n");
    assertThat(ended.code()).isEqualTo(4);
  }

  @Test
  void signalsReachTheCommand() {
    String stopped =
        container("alpine", "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.1; done");
    String killed = sleeping();

    docker.ok("stop", stopped);
    docker.ok("kill", killed);

    assertThat(docker.ok("wait", stopped)).isEqualTo("3");
    assertThat(docker.ok("wait", killed)).isEqualTo("137");
  }

  @Test
  void aPausedMachineDoesNothing() {
    String id = container("alpine", "sh", "-c", "while :; do date >/now; sleep 0.1; done");

    docker.ok("pause", id);
    assertThat(docker.ok("inspect", "-f", "{{.State.Status}}", id)).isEqualTo("paused");
    docker.ok("unpause", id);

    assertThat(shell(id, "rm /now; until [ -e /now ]; do sleep 0.1; done; echo on"))
        .isEqualTo("on");
  }

  @Test
  void aHealthCheckRunsInTheMachine() {
    String id =
        container(
            "--health-cmd", "test -e /well", "--health-interval", "1s", "alpine", "sleep", "1000");
    shell(id, "touch /well");

    await()
        .atMost(PATIENCE)
        .until(() -> docker.ok("inspect", "-f", "{{.State.Health.Status}}", id).equals("healthy"));
  }

  @Test
  void aPublishedPortLeadsThroughTheAgentToTheCommand() throws Exception {
    int port = freePort();
    byte[] page = new byte[2_000_000];
    new Random(4).nextBytes(page);
    Path file = Files.write(files.resolve("page"), page);
    String id =
        container(
            "-p",
            "127.0.0.1::" + port,
            "alpine",
            "sh",
            "-c",
            "mkdir /www; exec busybox httpd -f -p 127.0.0.1:" + port + " -h /www");
    docker.ok("cp", file.toString(), id + ":/www/page");
    String address = docker.ok("port", id, Integer.toString(port));
    URI uri = URI.create("http://" + address + "/page");

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          await()
              .atMost(PATIENCE)
              .ignoreExceptions()
              .until(
                  () ->
                      client.send(
                          HttpRequest.newBuilder(uri).build(),
                          HttpResponse.BodyHandlers.ofByteArray()),
                  it -> it.statusCode() == 200);
      assertThat(answer.body()).isEqualTo(page);
    }
  }

  @Test
  void machinesOfOneNetworkKnowEachOtherByName() throws IOException {
    int port = freePort();
    docker.ok("network", "create", "together");
    try {
      container(
          "--network",
          "together",
          "--name",
          "one",
          "alpine",
          "sh",
          "-c",
          "echo hello >/index.html; exec busybox httpd -f -p 127.0.0.1:" + port + " -h /");
      String two = container("--network", "together", "alpine", "sleep", "1000");
      String apart = sleeping();

      assertThat(
              shell(
                  two,
                  "until busybox wget -qO- http://one:"
                      + port
                      + " 2>/dev/null; do sleep 0.2; done"))
          .isEqualTo("hello");
      assertThat(shell(apart, "cat /etc/hosts")).doesNotContain("one");
    } finally {
      remove();
      docker.ok("network", "rm", "together");
    }
  }

  @Test
  void aRemovedContainersMachineIsGone() {
    String id = sleeping();
    assertThat(machinesOf(id)).isPositive();

    docker.ok("rm", "-f", id);

    await().atMost(PATIENCE).until(() -> machinesOf(id) == 0);
    assertThat(MachinesServer.data().resolve("containers").resolve(id)).doesNotExist();
  }

  @Test
  void aMachineThatAKilledServerLeftEndsBeforeItsContainerHasAnother(@TempDir Path other)
      throws Exception {
    SockerlessServer killed = MachinesServer.start(other);
    DockerCli there = new DockerCli(killed.dockerHost());
    there.ok("load", "-i", MachinesServer.image().toString());
    String id = there.ok("run", "-d", "alpine", "sleep", "1000");
    killed.process().destroyForcibly().waitFor();
    assertThat(machinesOf(id)).isPositive();

    try (SockerlessServer next = MachinesServer.start(other)) {
      DockerCli after = new DockerCli(next.dockerHost());
      assertThat(after.ok("wait", id)).isEqualTo("137");
      long before = machinesOf(id);
      after.ok("start", id);
      assertThat(machinesOf(id)).isEqualTo(before);
      after.ok("rm", "-f", id);
    }
    await().atMost(PATIENCE).until(() -> machinesOf(id) == 0);
  }

  @Test
  void whatMachinesCannotDoIsAnswered501WithTheReason() {
    String id = sleeping();

    assertThat(docker.run("run", "-m", "64m", "alpine", "true").err())
        .contains("Memory: the machines backend does not limit what containers use");
    assertThat(docker.run("update", "-m", "64m", "--memory-swap", "64m", id).err())
        .contains("the limits of a container that runs elsewhere are set where it runs");
    assertThat(
            MachinesServer.shared()
                .send(
                    "POST",
                    "/containers/" + id + "/update",
                    "{\"Memory\":67108864,\"MemorySwap\":67108864}")
                .statusCode())
        .isEqualTo(501);
    String idle = docker.ok("create", "alpine", "true");
    made.add(idle);
    assertThat(docker.run("cp", idle + ":/etc/passwd", "-").err())
        .contains("are where it runs, and its agent is not connected");
  }

  private static long machinesOf(String id) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> process.info().commandLine().filter(line -> line.contains(id)).isPresent())
        .count();
  }
}
