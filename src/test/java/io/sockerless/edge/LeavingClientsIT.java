package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.DaemonProxy;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The docker CLI, killed while it watches a silent container through the packaged server. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class LeavingClientsIT {

  private static final Duration NOTICED = Duration.ofSeconds(2);

  private static DaemonProxy proxy;
  private static SockerlessServer server;

  @BeforeAll
  static void start() throws IOException {
    DockerDaemon.require();
    proxy = new DaemonProxy();
    server = SockerlessServer.start(Map.of("SOCKERLESS_DOCKER_HOST", proxy.host()));
  }

  @AfterAll
  static void stop() {
    server.close();
    proxy.close();
  }

  private static Process docker(String transport, String... arguments) throws IOException {
    String host = transport.equals("tcp") ? server.dockerHost() : "unix://" + server.socket();
    List<String> command = new ArrayList<>(List.of("docker", "-H", host));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String silentContainer(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "-d", "--network=none"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("busybox", "sleep", "600"));
    return output(docker("tcp", arguments.toArray(String[]::new))).strip();
  }

  private static boolean isReleased(String container) {
    return proxy.asking(container + "/attach") + proxy.asking(container + "/wait") == 0;
  }

  private static void remove(String container) throws IOException {
    output(docker("tcp", "rm", "-f", container));
  }

  @ParameterizedTest
  @CsvSource({"tcp,true", "tcp,false", "unix,true", "unix,false"})
  void anAttachThatIsKilledIsReleasedInTheDaemonToo(String transport, boolean input)
      throws Exception {
    String id = input ? silentContainer("-i") : silentContainer();
    try {
      Process attach = docker(transport, "attach", id);
      await().until(() -> proxy.asking(id + "/attach") == 1);

      attach.destroyForcibly().waitFor();

      await().atMost(NOTICED).until(() -> isReleased(id));
    } finally {
      remove(id);
    }
  }

  @ParameterizedTest
  @CsvSource({"tcp,true", "tcp,false", "unix,true", "unix,false"})
  void aRunThatIsKilledIsReleasedInTheDaemonToo(String transport, boolean input) throws Exception {
    String name = "killed-run-" + transport + input;
    try {
      Process run =
          docker(
              transport,
              "run",
              "--interactive=" + input,
              "--network=none",
              "--name=" + name,
              "busybox",
              "sh",
              "-c",
              "echo running; sleep 600");
      assertThat(run.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("running");
      assertThat(proxy.asking("/attach")).isEqualTo(1);
      assertThat(proxy.asking("/wait")).isEqualTo(1);

      run.destroyForcibly().waitFor();

      await().atMost(NOTICED).until(() -> isReleased(""));
    } finally {
      remove(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void aRunWithoutInputWaitsForItsOutputHoweverLate(String transport) throws IOException {
    Process run =
        docker(
            transport,
            "run",
            "--rm",
            "--network=none",
            "busybox",
            "sh",
            "-c",
            "sleep 10; echo late output");
    assertThat(output(run)).isEqualTo("late output\n");
  }
}
