package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Certificates;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Machine;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents under TLS, whoever calls whom, at the edge of a real server. */
@Timeout(300)
class AgentTlsIT {

  private static final String PASSWORD = "changeit";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Certificates AUTHORITY = new Certificates();
  private static final Path OWN = AUTHORITY.folder();

  @TempDir private static Path data;

  private static SockerlessServer server;
  private static DockerCli docker;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> made = new ArrayList<>();

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    server =
        SockerlessServer.start(
            Map.of(
                "SOCKERLESS_BACKEND", "memory",
                "SOCKERLESS_DATA", data.toString(),
                "SOCKERLESS_REGISTRY_MIRRORS", "http://127.0.0.1:5000",
                "SOCKERLESS_TLS_CERTIFICATE", OWN.resolve("cert.pem").toString(),
                "SOCKERLESS_TLS_KEY", OWN.resolve("key.pem").toString(),
                "SOCKERLESS_AGENT_CA", OWN.resolve("ca.pem").toString()));
    docker = new DockerCli("unix://" + server.socket());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void remove() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    for (String id : made) {
      docker.run("rm", "-f", id);
    }
  }

  private String create(String... options) {
    List<String> command = new ArrayList<>(List.of("create"));
    command.addAll(List.of(options));
    command.addAll(List.of("alpine", "sh", "-c", "echo hello; exit 3"));
    String id = docker.ok(command.toArray(new String[0])).lines().toList().getLast();
    made.add(id);
    return id;
  }

  private String reverse() {
    return create("-l", "sockerless.agent=reverse");
  }

  private Machine machine(String id, String... options) {
    Machine machine = Machine.start(docker, id, options);
    open.add(machine);
    return machine;
  }

  private static String callback(String host) {
    return "wss://" + host + ":" + server.edgePort() + "/internal/v1/agent/connect";
  }

  private void assertCarries(String id) {
    DockerCli.Ended ended = docker.run("start", "-a", id);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo("hello\n");
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void anAgentCallsTheEdgeUnderTls() {
    String id = reverse();
    machine(id, "--callback", callback("127.0.0.1"), "--ca", OWN.resolve("ca.pem").toString());

    assertCarries(id);
  }

  @Test
  void anAgentDoesNotSpeakToAServerThatNobodyVouchesFor() throws Exception {
    String id = reverse();
    Machine machine = machine(id, "--callback", callback("127.0.0.1"));

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(machine.log())
                .contains("the certificate of 127.0.0.1 cannot be verified: ")
                .contains("--ca FILE names who vouches for it"));
    assertThat(log()).doesNotContain(id + ": agent connected");
  }

  @Test
  void anAgentDoesNotSpeakToAServerOfAnotherName() {
    Machine machine =
        machine(
            reverse(),
            "--callback",
            callback("localhost"),
            "--ca",
            OWN.resolve("ca.pem").toString());

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(machine.log())
                .contains("the certificate of localhost cannot be verified: "));
  }

  @Test
  void authoritiesThatCannotBeReadEndTheAgent() throws Exception {
    Machine machine =
        machine(reverse(), "--callback", callback("127.0.0.1"), "--ca", "/no/such/file");

    assertThat(machine.exitCode()).isEqualTo(125);
    assertThat(machine.log()).contains("--ca: /no/such/file");
  }

  @Test
  void theServerCallsAnAgentUnderTls() throws Exception {
    assertCarries(forward(AUTHORITY));
  }

  @Test
  void theServerDoesNotSpeakToAnAgentThatNobodyVouchesForAndSaysSoAtOnce() throws Exception {
    String id = forward(new Certificates());

    DockerCli.Ended started = docker.run("start", id);

    assertThat(started.code()).isEqualTo(1);
    assertThat(started.err())
        .contains("no agent came for the container: ")
        .contains("the certificate of 127.0.0.1 cannot be verified: ");
    assertThat(log()).contains(id + ": agent at wss://127.0.0.1:");
    assertThat(log()).doesNotContain(id + ": agent connected");
  }

  /** A container whose agent waits to be called, with a key that somebody vouches for. */
  private String forward(Certificates authority) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String id =
        create(
            "-l",
            "sockerless.agent=forward",
            "-l",
            "sockerless.agent.address=wss://127.0.0.1:" + port,
            "-e",
            "JDK_JAVA_OPTIONS=-Djavax.net.ssl.keyStore="
                + authority.keyStore(PASSWORD)
                + " -Djavax.net.ssl.keyStorePassword="
                + PASSWORD);
    machine(id, "--addr", "127.0.0.1:" + port, "--tls");
    return id;
  }

  private static String log() throws IOException {
    return Files.readString(server.log());
  }
}
