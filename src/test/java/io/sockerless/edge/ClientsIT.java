package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients that people use, through the edge to a real daemon: the docker CLI and docker-java,
 * which the memory backend serves as well.
 */
@Timeout(60)
class ClientsIT {

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private static EdgeServer edge;

  @TempDir private static Path files;

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    edge = EdgeServer.before(DockerDaemon.host());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  /** How a command ended, and what it printed. */
  private record Ended(int code, String out, String err) {}

  private static Ended docker(String host, byte[] input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "-H", host));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  private static Ended docker(String... arguments) throws Exception {
    return docker(edge.dockerHost(), new byte[0], arguments);
  }

  private static Ended run(byte[] input, List<String> command) throws Exception {
    assumeTrue(isInstalled(command.getFirst()), () -> command.getFirst() + " is not installed");
    Process process = new ProcessBuilder(command).start();
    CompletableFuture<byte[]> out =
        CompletableFuture.supplyAsync(() -> all(process.getInputStream()), THREADS);
    CompletableFuture<byte[]> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), THREADS);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    }
    if (!process.waitFor(50, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Ended(
        process.waitFor(),
        new String(out.get(), StandardCharsets.ISO_8859_1),
        new String(err.get(), StandardCharsets.UTF_8));
  }

  private static byte[] all(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static boolean isInstalled(String command) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, command))) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void runWithInputEndsWhenTheInputDoesAndPrintsAllOfIt(String transport) throws Exception {
    String host = transport.equals("tcp") ? edge.dockerHost() : "unix://" + edge.socket();
    byte[] input = new byte[500_000];
    new Random(4).nextBytes(input);
    Ended ended = docker(host, input, "run", "-i", "--rm", "--network=none", "busybox", "cat");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(input);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 126})
  void runExitsAsItsCommandDid(int code) throws Exception {
    Ended ended =
        docker(
            "run",
            "--rm",
            "--network=none",
            "busybox",
            "sh",
            "-c",
            "echo out; echo err >&2; exit " + code);
    assertThat(ended).isEqualTo(new Ended(code, "out\n", "err\n"));
  }

  @Test
  void aContainerThatIsKilledExits137() throws Exception {
    String id = docker("create", "--network=none", "busybox", "sleep", "600").out().strip();
    try {
      CompletableFuture<Ended> attached =
          CompletableFuture.supplyAsync(() -> unchecked("start", "-a", id), THREADS);
      Awaitility.await()
          .until(() -> docker("inspect", "-f", "{{.State.Running}}", id).out().equals("true\n"));
      assertThat(docker("kill", id).code()).isZero();
      assertThat(attached.get().code()).isEqualTo(137);
    } finally {
      docker("rm", "-f", id);
    }
  }

  private static Ended unchecked(String... arguments) {
    try {
      return docker(arguments);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anExecWithInputEndsWhenTheInputDoesAndExitsAsItsCommandDid() throws Exception {
    String id = docker("run", "-d", "--network=none", "busybox", "sleep", "600").out().strip();
    try {
      Ended ended =
          docker(
              edge.dockerHost(),
              "one\ntwo\n".getBytes(StandardCharsets.UTF_8),
              "exec",
              "-i",
              id,
              "sh",
              "-c",
              "wc -l; exit 3");
      assertThat(ended).isEqualTo(new Ended(3, "2\n", ""));
    } finally {
      docker("rm", "-f", id);
    }
  }

  @Test
  void anInteractiveTerminalWorks() throws Exception {
    Ended ended =
        run(
            new byte[0],
            List.of(
                "script",
                "-qec",
                "docker -H "
                    + edge.dockerHost()
                    + " run -it --rm --network=none busybox sh -c 'test -t 0 && test -t 1 && echo terminal; exit 5'",
                "/dev/null"));
    assertThat(ended.out()).contains("terminal\r\n");
    assertThat(ended.code()).isEqualTo(5);
  }

  @Test
  void filesCopiedInComeOutTheSame() throws Exception {
    Path source = Files.createDirectories(files.resolve("in/deep"));
    byte[] large = new byte[3_000_000];
    new Random(5).nextBytes(large);
    Files.write(source.resolve("large"), large);
    Files.writeString(source.resolve("empty"), "");
    Files.writeString(source.resolve("name with spaces \u00e4"), "text");
    String id = docker("create", "--network=none", "busybox", "true").out().strip();
    try {
      assertThat(docker("cp", files.resolve("in").toString(), id + ":/tmp/").code()).isZero();
      Path out = files.resolve("out");
      assertThat(docker("cp", id + ":/tmp/in", out.toString()).code()).isZero();
      for (String name : List.of("large", "empty", "name with spaces \u00e4")) {
        assertThat(out.resolve("deep").resolve(name)).hasSameBinaryContentAs(source.resolve(name));
      }
      Ended missing = docker("cp", id + ":/tmp/missing", out.toString());
      assertThat(missing.code()).isEqualTo(1);
      assertThat(missing.err()).contains("Could not find the file /tmp/missing in container " + id);
    } finally {
      docker("rm", "-f", id);
    }
  }

  @Test
  void logsThatAreFollowedEndWithTheContainer() throws Exception {
    String id =
        docker("run", "-d", "--network=none", "busybox", "sh", "-c", "echo a; sleep 1; echo b >&2")
            .out()
            .strip();
    try {
      assertThat(docker("logs", "-f", id)).isEqualTo(new Ended(0, "a\n", "b\n"));
    } finally {
      docker("rm", "-f", id);
    }
  }

  private static DockerClient dockerJava(String host) {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host)
            .withDockerTlsVerify(false)
            .build();
    return DockerClientImpl.getInstance(
        config,
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .maxConnections(20)
            .build());
  }

  /** Collects text by its stream. */
  private static final class Collected extends ResultCallback.Adapter<Frame> {
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();

    @Override
    public void onNext(Frame frame) {
      (frame.getStreamType() == StreamType.STDERR ? err : out)
          .append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }
  }

  static List<String> hosts() {
    SockerlessServer memory = SockerlessServer.memory();
    return List.of(
        edge.dockerHost(),
        "unix://" + edge.socket(),
        memory.dockerHost(),
        "unix://" + memory.socket());
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void dockerJavaTakesAContainerThroughItsWholeLife(String host) throws Exception {
    List<String> actions = Collections.synchronizedList(new ArrayList<>());
    try (DockerClient client = dockerJava(host)) {
      client.pingCmd().exec();
      client
          .pullImageCmd("busybox")
          .withTag("latest")
          .exec(new PullImageResultCallback())
          .awaitCompletion();
      String id =
          client
              .createContainerCmd("busybox")
              .withHostConfig(
                  com.github.dockerjava.api.model.HostConfig.newHostConfig()
                      .withNetworkMode("none"))
              .withLabels(Map.of("sockerless.test", host))
              .withCmd(
                  "sh",
                  "-c",
                  "echo started; echo warned >&2; while test ! -e /stop; do sleep 0.05; done; exit 4")
              .exec()
              .getId();
      try (ResultCallback.Adapter<Event> events =
          client
              .eventsCmd()
              .withContainerFilter(id)
              .exec(
                  new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Event event) {
                      actions.add(event.getAction());
                    }
                  })) {
        events.awaitStarted();
        client.startContainerCmd(id).exec();
        Collected logs =
            client
                .logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new Collected());
        Awaitility.await().until(() -> logs.out.toString().equals("started\n"));

        String exec =
            client
                .execCreateCmd(id)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd("sh", "-c", "echo in; exit 6")
                .exec()
                .getId();
        Collected output = client.execStartCmd(exec).exec(new Collected());
        assertThat(output.awaitCompletion(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output.out).hasToString("in\n");
        assertThat(client.inspectExecCmd(exec).exec().getExitCodeLong()).isEqualTo(6);

        // The container's end kills what else runs in it, so this command's own code is a matter of
        // luck.
        String stop = client.execCreateCmd(id).withCmd("touch", "/stop").exec().getId();
        client.execStartCmd(stop).exec(new Collected());
        assertThat(logs.awaitCompletion(20, TimeUnit.SECONDS)).isTrue();
        assertThat(logs.err).hasToString("warned\n");
        assertThat(client.inspectContainerCmd(id).exec().getConfig().getLabels())
            .containsEntry("sockerless.test", host);
        assertThat(
                client
                    .waitContainerCmd(id)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode())
            .isEqualTo(4);
        client.removeContainerCmd(id).withForce(true).exec();
        Awaitility.await()
            .untilAsserted(() -> assertThat(actions).contains("start", "die", "destroy"));
      } finally {
        removeIfThere(client, id);
      }
    }
  }

  private static void removeIfThere(DockerClient client, String id) {
    try {
      client.removeContainerCmd(id).withForce(true).exec();
    } catch (NotFoundException e) {
      // As it should be.
    }
  }
}
