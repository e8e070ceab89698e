package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.FakeDaemon.Exchange;
import io.sockerless.support.RawClient;
import io.sockerless.support.SilentClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that leave a silent stream, and those that only look as if they had, before a daemon that
 * a test scripts.
 */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class LeavingClientTest {

  private static final Duration NOTICED = Duration.ofSeconds(2);

  private static final CountDownLatch over = new CountDownLatch(1);

  private static FakeDaemon daemon;
  private static EdgeServer edge;
  private static EdgeServer encrypted;

  @BeforeAll
  static void start() throws IOException {
    daemon = FakeDaemon.start();
    edge = EdgeServer.before(daemon.host());
    encrypted = EdgeServer.withTls(daemon.host());
    // The daemon is asked for its version once, on a connection that is kept.
    try (RawClient client = edge.connect()) {
      client.send("GET /v1.41/containers/c/json HTTP/1.1\r\nHost: docker\r\n\r\n");
      client.response();
    }
  }

  @AfterAll
  static void stop() {
    over.countDown();
    edge.close();
    encrypted.close();
    daemon.close();
  }

  /** How the client is connected. */
  enum Socket {
    TCP,
    TLS,
    UNIX;

    SocketAddress address() {
      return switch (this) {
        case TCP -> new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port());
        case TLS -> new InetSocketAddress(InetAddress.getLoopbackAddress(), encrypted.port());
        case UNIX -> UnixDomainSocketAddress.of(edge.socket());
      };
    }

    RawClient connect() throws IOException {
      return this == TLS ? encrypted.connect() : RawClient.connect(address());
    }

    SilentClient silent(boolean halfClose, String request) throws IOException {
      return SilentClient.start(address(), this == TLS, halfClose, request);
    }
  }

  private static String attach(String container) {
    return "POST /v1.41/containers/"
        + container
        + "/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: docker\r\n"
        + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
  }

  private static String followLogs(String container) {
    return "GET /v1.41/containers/" + container + "/logs?follow=1 HTTP/1.1\r\nHost: docker\r\n\r\n";
  }

  /** Keeps its end open, whatever the other side does. */
  private static void keepSilent(Exchange exchange) {
    exchange.awaitEnd();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stream on which nothing ever comes. */
  private static void attachInSilence(String container) {
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          keepSilent(exchange);
        });
  }

  /** A log to which nothing is added. */
  private static void logInSilence(String container) {
    daemon.on(
        "GET /containers/" + container + "/logs",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          keepSilent(exchange);
        });
  }

  private static Exchange exchangeOf(String container) {
    return daemon.exchanges().stream()
        .filter(exchange -> exchange.request().line().contains("/" + container + "/"))
        .findFirst()
        .orElseThrow();
  }

  private static long openSockets() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(LeavingClientTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP,true", "TCP,false", "TLS,true", "TLS,false", "UNIX,true", "UNIX,false"})
  void aClientThatIsKilledInSilenceHoldsNothingBehindTheEdge(Socket socket, boolean halfClosed)
      throws Exception {
    String container = "killed-" + socket + halfClosed;
    attachInSilence(container);
    long before = openSockets();
    try (SilentClient client = socket.silent(halfClosed, attach(container))) {
      assertThat(exchangeOf(container).isHeld()).isTrue();

      client.kill();

      await().atMost(NOTICED).until(() -> !exchangeOf(container).isHeld());
    }
    exchangeOf(container).close();
    await().untilAsserted(() -> assertThat(openSockets()).isEqualTo(before));
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatClosesOverUnreadOutputHoldsNothingBehindTheEdge(Socket socket)
      throws IOException {
    String container = "unread-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.write("x".repeat(1000));
          keepSilent(exchange);
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container)).halfClose();
      client.head();
      await().until(() -> exchangeOf(container).hasEnded(0));
    }
    await().atMost(NOTICED).until(() -> !exchangeOf(container).isHeld());
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatIsKilledBehindAPipelinedRequestHoldsNothingBehindTheEdge(Socket socket)
      throws Exception {
    String container = "pipelined-" + socket;
    logInSilence(container);
    String behind = "GET /containers/" + container + "/never HTTP/1.1\r\nHost: docker\r\n\r\n";
    try (SilentClient client = socket.silent(false, followLogs(container) + behind)) {
      assertThat(exchangeOf(container).isHeld()).isTrue();

      client.kill();

      await().atMost(NOTICED).until(() -> !exchangeOf(container).isHeld());
    }
    assertThat(daemon.received()).doesNotContain(container + "/never");
  }

  @Test
  void aRequestThatIsPipelinedIntoASilentStreamLaterHidesNoLeavingEither() throws Exception {
    logInSilence("late");
    try (RawClient client = edge.connect()) {
      client.send(followLogs("late"));
      client.head();
      awaitNothing(700);
      client.send("GET /containers/late/never HTTP/1.1\r\nHost: docker\r\n\r\n");
      awaitNothing(700);
      client.send("GET /containers/late/nor-this HTTP/1.1\r\nHost: docker\r\n\r\n");
    }
    await().atMost(NOTICED).until(() -> !exchangeOf("late").isHeld());
    assertThat(daemon.received()).doesNotContain("/never").doesNotContain("/nor-this");
  }

  @Test
  void aClientThatPipelinesThenHalfClosesAndWaitsGetsBothAnswers() throws Exception {
    daemon.on(
        "GET /containers/ends/logs",
        exchange -> {
          awaitNothing(2000);
          exchange.answer("200 OK", "", "log");
        });
    try (RawClient client = edge.connect()) {
      client.send(followLogs("ends") + "GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n").halfClose();
      assertThat(client.response().text()).isEqualTo("log");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @Test
  void clientsThatHaveHalfClosedAndWaitGetTheirOutputHoweverLate() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> tcp = clients.submit(() -> waitForOutput(Socket.TCP));
      Future<String> tls = clients.submit(() -> waitForOutput(Socket.TLS));
      Future<String> unix = clients.submit(() -> waitForOutput(Socket.UNIX));
      assertThat(tcp.get()).isEqualTo("late output");
      assertThat(tls.get()).isEqualTo("late output");
      assertThat(unix.get()).isEqualTo("late output");
    }
  }

  private static String waitForOutput(Socket socket) throws IOException {
    String container = "waits-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.readToEnd();
          awaitNothing(10_000);
          exchange.write("late output");
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container)).halfClose();
      client.head();
      return new String(client.readToEnd(), StandardCharsets.UTF_8);
    }
  }

  /** Lets time pass in which the edge could do wrong. */
  private static void awaitNothing(long millis) {
    try {
      assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
