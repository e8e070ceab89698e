package io.sockerless.edge;

import static org.awaitility.Awaitility.await;

import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Engine;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.Routers;
import io.sockerless.policy.Governance;
import io.sockerless.support.Certificates;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import io.sockerless.support.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The edge in this very process, on a free port and a unix socket, before any daemon; in the place
 * of the application server stands a fake one.
 */
public final class EdgeServer implements AutoCloseable {

  private static final String TLS = "sockerless.tls.certificate";

  private final FakeDaemon server = FakeDaemon.start();
  private final boolean tls;
  private final Path folder;
  private final int port;
  private final Edge edge;
  private final EdgePasses passes = new EdgePasses();

  private EdgeServer(String dockerHost, Duration headTime, String... more) throws IOException {
    folder = Files.createTempDirectory("edge");
    List<String> all =
        new ArrayList<>(
            List.of(
                "sockerless.listen",
                "tcp://127.0.0.1:0,unix://" + socket(),
                "sockerless.listen.names",
                "a,b,agent",
                "sockerless.http.port",
                Integer.toString(server.port()),
                "sockerless.docker.host",
                dockerHost));
    all.addAll(List.of(more));
    Settings settings = Settings.of(all.toArray(String[]::new));
    tls = all.contains(TLS);
    Engine engine = Governance.from(settings).over(DockerEngine.from(settings));
    edge = new Edge(settings, engine, Routers.of(engine), passes, List.of(), headTime);
    edge.start();
    port = ((InetSocketAddress) edge.listeners().getFirst().address()).getPort();
    await().pollInterval(Duration.ofMillis(5)).until(edge::isServing);
  }

  /** Starts an edge before the daemon at {@code dockerHost}. */
  public static EdgeServer before(String dockerHost) {
    return before(dockerHost, EdgeConnection.HEAD_TIME);
  }

  /** Starts an edge with more settings, names and values in turn. */
  static EdgeServer before(String dockerHost, String... settings) {
    return before(dockerHost, EdgeConnection.HEAD_TIME, settings);
  }

  /** Starts an edge that speaks TLS and asks for no certificate. */
  static EdgeServer withTls(String dockerHost) {
    return withTls(dockerHost, EdgeConnection.HEAD_TIME);
  }

  /**
   * Starts an edge that speaks TLS, with more settings, and gives a head so much time to arrive.
   */
  static EdgeServer withTls(String dockerHost, Duration headTime, String... settings) {
    Path certificates = new Certificates().folder();
    List<String> all =
        new ArrayList<>(
            List.of(
                TLS,
                certificates.resolve("cert.pem").toString(),
                "sockerless.tls.key",
                certificates.resolve("key.pem").toString()));
    all.addAll(List.of(settings));
    return before(dockerHost, headTime, all.toArray(String[]::new));
  }

  /** Starts an edge with more settings that gives a head so much time to arrive. */
  static EdgeServer before(String dockerHost, Duration headTime, String... settings) {
    try {
      return new EdgeServer(dockerHost, headTime, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands in for the application server. */
  public FakeDaemon server() {
    return server;
  }

  /** What the edge's relayed requests carry. */
  EdgePasses passes() {
    return passes;
  }

  /** In the words of {@code DOCKER_HOST}. */
  public String dockerHost() {
    return "tcp://127.0.0.1:" + port;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** The unix socket. */
  public Path socket() {
    return folder.resolve("docker.sock");
  }

  /** Connects over TCP, by TLS if the edge speaks it. */
  public RawClient connect() throws IOException {
    return tls ? RawClient.connectTls(port) : connectPlain();
  }

  /** Connects over TCP, whatever the edge speaks. */
  RawClient connectPlain() throws IOException {
    return RawClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Connects over the unix socket. */
  public RawClient connectUnix() throws IOException {
    return RawClient.connect(UnixDomainSocketAddress.of(socket()));
  }

  /** As a server that stops. */
  void drain() {
    edge.drain();
  }

  @Override
  public void close() {
    edge.stop();
    server.close();
    try {
      // Empty, since the edge takes its socket along.
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
