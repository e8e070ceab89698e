package io.sockerless.agent.websocket;

import io.sockerless.support.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** Both ends of a WebSocket over loopback, for a test to do with as it likes. */
final class Pair implements AutoCloseable {

  /** What tests need that are about something else. */
  static final Limits LIMITS =
      new Limits(1_000_000, Duration.ofSeconds(10), Duration.ofSeconds(30));

  private final CountDownLatch done = new CountDownLatch(1);
  private final WebSocketServer listener;
  private final WebSocket client;
  private final WebSocket server;

  /** How the ends are joined. */
  enum Kind {
    PLAIN,
    TLS_1_2,
    TLS_1_3;

    Optional<SSLContext> context() {
      return this == PLAIN ? Optional.empty() : Optional.of(Tls.context(this));
    }

    URI uri(int port, String resource) {
      return URI.create((this == PLAIN ? "ws" : "wss") + "://127.0.0.1:" + port + resource);
    }
  }

  /** Keys, made once. */
  private static final class Tls {
    private static final Path FOLDER = new Certificates().folder();

    private static SSLContext context(Kind kind) {
      return SSLFactory.builder()
          .withTrustMaterial(PemUtils.loadTrustMaterial(FOLDER.resolve("ca.pem")))
          .withIdentityMaterial(
              PemUtils.loadIdentityMaterial(FOLDER.resolve("cert.pem"), FOLDER.resolve("key.pem")))
          .withProtocols(kind == Kind.TLS_1_2 ? "TLSv1.2" : "TLSv1.3")
          .build()
          .getSslContext();
    }
  }

  private Pair(Kind kind, Limits limits) throws Exception {
    CompletableFuture<WebSocket> accepted = new CompletableFuture<>();
    listener =
        WebSocketServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            kind.context(),
            1,
            limits,
            request ->
                new Decision.Accept(
                    "",
                    socket -> {
                      accepted.complete(socket);
                      awaitEnd();
                    }));
    URI uri = kind.uri(listener.port(), "/ws");
    client = WebSocketClient.connect(uri, Map.of(), List.of(), kind.context(), limits);
    server = accepted.get(10, TimeUnit.SECONDS);
  }

  static Pair of(Kind kind) throws Exception {
    return new Pair(kind, LIMITS);
  }

  static Pair of(Kind kind, Limits limits) throws Exception {
    return new Pair(kind, limits);
  }

  private void awaitEnd() throws IOException {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  WebSocket client() {
    return client;
  }

  WebSocket server() {
    return server;
  }

  @Override
  public void close() throws IOException {
    client.abort();
    server.abort();
    done.countDown();
    listener.close();
  }
}
