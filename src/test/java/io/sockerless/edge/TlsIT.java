package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Certificates;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker --tlsverify} at the packaged server, before either backend. */
@Timeout(120)
class TlsIT {

  private static final Certificates AUTHORITY = new Certificates();
  private static final Path SERVER = AUTHORITY.folder();
  private static final Path ALICE = AUTHORITY.folder("CN=alice,O=developers");

  @TempDir private static Path folder;

  private static Map<String, SockerlessServer> servers;

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    servers = Map.of("memory", start("memory"), "docker", start("docker"));
  }

  @AfterAll
  static void stop() {
    servers.values().forEach(SockerlessServer::close);
  }

  private static SockerlessServer start(String backend) {
    Map<String, String> settings = new HashMap<>();
    settings.put("SOCKERLESS_BACKEND", backend);
    settings.put("SOCKERLESS_DATA", folder.resolve(backend).toString());
    settings.put("SOCKERLESS_REGISTRY_MIRRORS", "http://127.0.0.1:5000");
    settings.put("SOCKERLESS_TLS_CERTIFICATE", SERVER.resolve("cert.pem").toString());
    settings.put("SOCKERLESS_TLS_KEY", SERVER.resolve("key.pem").toString());
    settings.put("SOCKERLESS_TLS_CA", SERVER.resolve("ca.pem").toString());
    return SockerlessServer.start(settings);
  }

  private static SockerlessServer server(String backend) {
    return Objects.requireNonNull(servers.get(backend));
  }

  private static DockerCli docker(String backend) {
    return docker(backend, ALICE);
  }

  private static DockerCli docker(String backend, Path certificates) {
    return DockerCli.verifying(server(backend).dockerHost(), certificates);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sleeper(DockerCli docker) {
    return docker.ok("run", "-d", "alpine", "sleep", "120");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void theEndOfStandardInputIsTheEndOfThatAlone(String backend) {
    DockerCli docker = docker(backend);
    assertThat(docker.run(bytes("x\n"), "run", "-i", "--rm", "alpine", "cat").out())
        .isEqualTo("x\n");
    DockerCli.Ended late =
        docker.run(
            bytes("x\n"),
            "run",
            "-i",
            "--rm",
            "alpine",
            "sh",
            "-c",
            "cat; sleep 2; echo y; exit 7");
    assertThat(late.out()).isEqualTo("x\ny\n");
    assertThat(late.code()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void megabytesPassThroughAnExecUnchanged(String backend) {
    DockerCli docker = docker(backend);
    String container = sleeper(docker);
    byte[] data = new byte[5_000_000];
    new Random(1).nextBytes(data);
    try {
      DockerCli.Ended echoed = docker.run(data, "exec", "-i", container, "cat");
      assertThat(echoed.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(data);
    } finally {
      docker.run("rm", "-f", container);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void aContainerIsAttachedToAndItsLogFollowedToTheEnd(String backend) {
    DockerCli docker = docker(backend);
    String container =
        docker.ok("create", "-i", "alpine", "sh", "-c", "cat; sleep 1; echo bye; echo no >&2");
    try {
      DockerCli.Ended attached = docker.run(bytes("q\n"), "start", "-a", "-i", container);
      assertThat(attached.out()).isEqualTo("q\nbye\n");
      assertThat(attached.err()).isEqualTo("no\n");
      assertThat(docker.run("logs", "-f", container).out()).isEqualTo("q\nbye\n");
    } finally {
      docker.run("rm", "-f", container);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void filesAreCopiedAndImagesBuilt(String backend) throws IOException {
    DockerCli docker = docker(backend);
    Path context = Files.createTempDirectory(folder, "context");
    Files.writeString(context.resolve("Dockerfile"), "FROM alpine\nCOPY f /f\nRUN cat /f > /g\n");
    Files.writeString(context.resolve("f"), "built");
    String image = docker.ok("build", "-q", context.toString());
    String container = docker.ok("create", image);
    try {
      docker.ok("cp", container + ":/g", context.resolve("copied").toString());
      assertThat(context.resolve("copied")).hasContent("built");
    } finally {
      docker.run("rm", "-f", container);
      docker.run("rmi", "-f", image);
    }
  }

  @Test
  void aClientWithoutACertificateIsToldByAnAlert() {
    DockerCli docker =
        new DockerCli(
            server("memory").dockerHost(),
            List.of("--tlsverify", "--tlscacert=" + ALICE.resolve("ca.pem")));
    DockerCli.Ended refused = docker.run("version");
    assertThat(refused.code()).isOne();
    assertThat(refused.err()).contains("remote error: tls:").contains("certificate");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    Path foreign = new Certificates().folder("CN=alice");
    Files.copy(
        ALICE.resolve("ca.pem"), foreign.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
    DockerCli.Ended refused = docker("memory", foreign).run("version");
    assertThat(refused.code()).isOne();
    assertThat(refused.err()).contains("remote error: tls:");
  }

  @Test
  void aClientWithoutTlsIsToldInItsOwnLanguage() {
    assertThat(new DockerCli(server("memory").dockerHost()).run("version").err())
        .contains("Client sent an HTTP request to an HTTPS server.");
  }

  @Test
  void theServersOwnPortIsNoWayRound() {
    SockerlessServer server = server("memory");
    for (String path : new String[] {"/_ping", "/v1.41/containers/json", "/internal/v1/health"}) {
      assertThat(server.sendToServer("GET", path, "").statusCode()).as(path).isEqualTo(403);
    }
    assertThat(server.sendToServer("POST", "/containers/create", "{}").body())
        .startsWith("{\"message\":\"clients must say who they are");
    assertThat(server.sendToServer("GET", "/health/ready", "").statusCode()).isEqualTo(200);
    assertThat(server.sendToServer("GET", "/internal/v1/agent/connect", "").statusCode())
        .as("who is to say whose agent it is")
        .isEqualTo(400);
  }

  @Test
  void whatTheEdgeRelaysComesThroughThatPort() throws Exception {
    SSLFactory tls =
        SSLFactory.builder()
            .withTrustMaterial(PemUtils.loadTrustMaterial(ALICE.resolve("ca.pem")))
            .withIdentityMaterial(
                PemUtils.loadIdentityMaterial(ALICE.resolve("cert.pem"), ALICE.resolve("key.pem")))
            .build();
    String edge = server("memory").dockerHost().replace("tcp:", "https:");
    HttpRequest request = HttpRequest.newBuilder(URI.create(edge + "/no-such-page")).build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls.getSslContext()).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("page not found");
    }
  }
}
