package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import nl.altindag.ssl.SSLFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that send next to nothing, each way that there is, beside some that mean it. */
@Tag("slow")
@Timeout(150)
class SlowlorisTest {

  private static final int EACH = 500;
  private static final int PAUSE_MILLIS = 10_000;
  private static final Duration CUT = EdgeConnection.HEAD_TIME;

  /** The edge looks at its deadlines now and then, and tests share their machine. */
  private static final Duration LATER = Duration.ofSeconds(4);

  private static final Duration BETWEEN = Duration.ofMillis(10);
  private static final double PING_MILLIS = 50;

  /** Where the machine is busy with other things, a ping without them shows how busy. */
  private static final int WITHOUT = 20;

  private static final int BASE_PINGS = 300;
  private static final SSLFactory TLS =
      SSLFactory.builder().withTrustingAllCertificatesWithoutValidation().build();

  private static FakeDaemon daemon;
  private static EdgeServer plain;
  private static EdgeServer encrypted;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    plain = EdgeServer.before(daemon.host());
    encrypted = EdgeServer.withTls(daemon.host());
  }

  @AfterAll
  static void stop() {
    plain.close();
    encrypted.close();
    daemon.close();
  }

  /** Connects, and says what it will send byte by byte. */
  @FunctionalInterface
  private interface Attack {
    Socket connect() throws IOException;
  }

  private static Socket connectPlain(EdgeServer edge) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), edge.port());
  }

  private static Socket connectEncrypted() throws IOException {
    Socket socket =
        TLS.getSslSocketFactory().createSocket(InetAddress.getLoopbackAddress(), encrypted.port());
    // Its first byte would be the handshake's, whole.
    socket.getOutputStream().write('G');
    return socket;
  }

  /** Sends a byte in ten seconds for as long as it may; answers how long that was. */
  private static Duration trickle(Attack attack, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = attack.connect()) {
      long start = System.nanoTime();
      socket.setSoTimeout(PAUSE_MILLIS);
      for (int sent = 0; ; sent++) {
        socket.getOutputStream().write(bytes, sent % bytes.length, 1);
        if (hasEnded(socket)) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
      }
    }
  }

  private static boolean hasEnded(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // The answer says that the head did not come.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static double ping(RawClient client) throws IOException {
    long start = System.nanoTime();
    client.send("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
    assertThat(client.response().status()).isEqualTo(200);
    return (System.nanoTime() - start) / 1e6;
  }

  private static double percentile99(List<Double> times) {
    return times.stream().sorted().skip(times.size() * 99L / 100).findFirst().orElseThrow();
  }

  private static double basePing() throws IOException {
    List<Double> times = new ArrayList<>();
    try (RawClient client = plain.connect();
        RawClient secret = encrypted.connect()) {
      for (int i = 0; i < BASE_PINGS; i++) {
        times.add(ping(client));
        times.add(ping(secret));
      }
    }
    return percentile99(times);
  }

  @Test
  void allAreCutInTimeAndNobodyElseWaits() throws Exception {
    double before = basePing();
    List<Double> pings = new ArrayList<>();
    List<Future<Duration>> attacks = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        RawClient client = plain.connect();
        RawClient secret = encrypted.connect()) {
      for (int i = 0; i < EACH; i++) {
        // Five hundred handshakes at once would be an attack of another kind.
        LockSupport.parkNanos(BETWEEN.toNanos());
        attacks.add(clients.submit(() -> trickle(() -> connectPlain(plain), "GET /")));
        attacks.add(clients.submit(() -> trickle(SlowlorisTest::connectEncrypted, "ET /")));
        attacks.add(
            clients.submit(
                () -> trickle(() -> connectPlain(encrypted), "\u0016\u0003\u0001\u0002")));
      }
      while (attacks.stream().anyMatch(attack -> !attack.isDone())) {
        pings.add(ping(client));
        pings.add(ping(secret));
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    List<Duration> lasted = new ArrayList<>();
    for (Future<Duration> attack : attacks) {
      lasted.add(attack.get());
    }
    Duration longest = lasted.stream().max(Duration::compareTo).orElseThrow();
    double during = percentile99(pings);
    System.Logger log = System.getLogger(SlowlorisTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0} slow clients: the last cut after {1} ms; ping p99 {2} ms, {3} ms without them",
        Integer.toString(lasted.size()),
        Long.toString(longest.toMillis()),
        "%.1f".formatted(during),
        "%.1f".formatted(before));
    assertThat(longest).isLessThan(CUT.plus(LATER));
    assertThat(during).isLessThan(Math.max(PING_MILLIS, WITHOUT * before));
  }
}
