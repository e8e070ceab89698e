package io.sockerless.support;

import static org.awaitility.Awaitility.await;

import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server as a process of its own on free ports, on the {@link ApplicationServer} of
 * this run. {@link #shared} is started once for all tests of a run.
 */
public final class SockerlessServer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(4);

  private final Process process;
  private final Path folder;
  private final int edgePort;
  private final int httpPort;

  private SockerlessServer(Map<String, String> settings, Map<String, String> users)
      throws IOException {
    folder = Scratch.folder("sockerless-test");
    edgePort = freePort();
    httpPort = freePort();
    ApplicationServer server = ApplicationServer.ofThisRun();
    ApplicationServer.Setup setup =
        new ApplicationServer.Setup(
            folder,
            httpPort,
            users,
            Optional.ofNullable(settings.get("SOCKERLESS_EXTENSIONS")).map(Path::of));
    ProcessBuilder builder = new ProcessBuilder(server.command(setup));
    Map<String, String> environment = builder.environment();
    environment.putAll(server.environment(setup));
    environment.put("SOCKERLESS_LISTEN", "tcp://127.0.0.1:" + edgePort + ",unix://" + socket());
    environment.put("SOCKERLESS_HTTP_PORT", Integer.toString(httpPort));
    // For what a test adds to the server's configuration, where it may stand for itself.
    environment.put("SOCKERLESS_TEST_PORT", Integer.toString(edgePort));
    environment.put("SOCKERLESS_BACKEND", "docker");
    environment.put("SOCKERLESS_DOCKER_HOST", DockerDaemon.host());
    environment.putAll(settings);
    process = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  /** Starts a server with more settings, as environment variables, and waits until it serves. */
  public static SockerlessServer start(Map<String, String> settings) {
    return startWithUsers(settings, Map.of());
  }

  /** Starts one that knows users by their names and passwords. */
  public static SockerlessServer startWithUsers(
      Map<String, String> settings, Map<String, String> users) {
    SockerlessServer server = launch(settings, users);
    await("the server to start, see " + server.log()).atMost(START).until(server::isServing);
    return server;
  }

  /** Starts a server and does not wait. */
  public static SockerlessServer launch(Map<String, String> settings) {
    return launch(settings, Map.of());
  }

  private static SockerlessServer launch(Map<String, String> settings, Map<String, String> users) {
    try {
      return new SockerlessServer(new HashMap<>(settings), users);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one server of this run. */
  public static SockerlessServer shared() {
    return Shared.SERVER;
  }

  /** The one server of this run with the memory backend; images come from the test registry. */
  public static SockerlessServer memory() {
    return Memory.SERVER;
  }

  /** The one server of this run with a backend, {@code docker} or {@code memory}. */
  public static SockerlessServer of(String backend) {
    return switch (backend) {
      case "docker" -> shared();
      case "memory" -> memory();
      default -> throw new IllegalArgumentException(backend);
    };
  }

  private static final class Memory {
    static final SockerlessServer SERVER = start(settings());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }

    private static Map<String, String> settings() {
      try {
        return Map.of(
            "SOCKERLESS_BACKEND",
            "memory",
            "SOCKERLESS_DATA",
            Scratch.folder("sockerless-data").toString(),
            "SOCKERLESS_REGISTRY_MIRRORS",
            "http://127.0.0.1:5000");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Shared {
    static final SockerlessServer SERVER = start(Map.of());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  /** The edge, in the words of {@code DOCKER_HOST}. */
  public String dockerHost() {
    return "tcp://127.0.0.1:" + edgePort;
  }

  /** The edge's TCP port. */
  public int edgePort() {
    return edgePort;
  }

  /** The application server's own port. */
  public int httpPort() {
    return httpPort;
  }

  /** The edge's unix socket. */
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /** What the server printed. */
  public Path log() {
    return folder.resolve("server.log");
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** A raw connection to the edge over TCP. */
  public Connection open() throws IOException {
    return new Connection(ChannelTransport.connect(new InetSocketAddress("127.0.0.1", edgePort)));
  }

  /** A raw connection to the edge over its unix socket. */
  public Connection openUnix() throws IOException {
    return new Connection(ChannelTransport.connect(UnixDomainSocketAddress.of(socket())));
  }

  /** Sends a plain request to the edge. */
  public HttpResponse<String> send(String method, String path, String body) {
    return send(edgePort, method, path, body);
  }

  /** Sends a plain request to the application server's own port. */
  public HttpResponse<String> sendToServer(String method, String path, String body) {
    return send(httpPort, method, path, body);
  }

  private static HttpResponse<String> send(int port, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isServing() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "the server ended with " + process.exitValue() + ", see " + log());
    }
    try {
      return Files.readString(log()).contains("listening on tcp://") && applicationHasStarted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean applicationHasStarted() {
    try {
      return sendToServer("GET", "/health/started", "").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
