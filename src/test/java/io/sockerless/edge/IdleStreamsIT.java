package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Certificates;
import io.sockerless.support.DockerCli;
import io.sockerless.support.LiveObjects;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.SocketFactory;
import nl.altindag.ssl.SSLFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many clients as watch something in which nothing happens, at the packaged server. */
@Tag("slow")
@Timeout(400)
class IdleStreamsIT {

  private static final int STREAMS = 10_000;
  private static final int WARM = 200;
  private static final int AT_ONCE = 8;
  private static final long MOST_EACH = 40 * 1024;
  private static final int PINGS = 500;

  @TempDir private Path folder;

  private SockerlessServer start(boolean encrypted) {
    Map<String, String> settings = new HashMap<>();
    settings.put("SOCKERLESS_BACKEND", "memory");
    settings.put("SOCKERLESS_DATA", folder.toString());
    settings.put("SOCKERLESS_REGISTRY_MIRRORS", "http://127.0.0.1:5000");
    if (encrypted) {
      Path certificates = new Certificates().folder();
      settings.put("SOCKERLESS_TLS_CERTIFICATE", certificates.resolve("cert.pem").toString());
      settings.put("SOCKERLESS_TLS_KEY", certificates.resolve("key.pem").toString());
    }
    return SockerlessServer.start(settings);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachCostsLittleAndNobodyElseWaits(boolean encrypted) throws Exception {
    SocketFactory sockets =
        encrypted
            ? SSLFactory.builder()
                .withTrustingAllCertificatesWithoutValidation()
                .build()
                .getSslSocketFactory()
            : SocketFactory.getDefault();
    try (SockerlessServer server = start(encrypted)) {
      DockerCli docker = new DockerCli("unix://" + server.socket());
      String container = docker.ok("run", "-d", "alpine", "sleep", "1000").strip();
      close(attach(sockets, server, container, WARM));
      long before = LiveObjects.bytes(server.process());
      List<Socket> streams = attach(sockets, server, container, STREAMS);
      long each = (LiveObjects.bytes(server.process()) - before) / STREAMS;
      double ping = pings(sockets, server);
      close(streams);
      long threshold = before + STREAMS * 1024L;
      await("what they held is released")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> LiveObjects.bytes(server.process()) < threshold);
      System.getLogger(IdleStreamsIT.class.getName())
          .log(
              Level.INFO,
              "{0} idle streams{1}: {2} bytes each, ping p99 {3} ms meanwhile",
              Integer.toString(STREAMS),
              encrypted ? " under TLS" : "",
              Long.toString(each),
              "%.1f".formatted(ping));
      assertThat(each).isLessThan(MOST_EACH);
    }
  }

  private static List<Socket> attach(
      SocketFactory sockets, SockerlessServer server, String container, int count)
      throws Exception {
    List<Future<List<Socket>>> parts = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < AT_ONCE; i++) {
        parts.add(
            clients.submit(() -> {
              List<Socket> streams = new ArrayList<>();
              for (int stream = 0; stream < count / AT_ONCE; stream++) {
                streams.add(attach(sockets, server, container));
              }
              return streams;
            }));
      }
    }
    List<Socket> all = new ArrayList<>();
    for (Future<List<Socket>> part : parts) {
      all.addAll(part.get());
    }
    return all;
  }

  private static Socket attach(SocketFactory sockets, SockerlessServer server, String container)
      throws IOException {
    Socket socket = connect(sockets, server);
    send(
        socket,
        "POST /containers/"
            + container
            + "/attach?stream=1&stdout=1&stderr=1 HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp");
    assertThat(head(socket)).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private static double pings(SocketFactory sockets, SockerlessServer server) throws IOException {
    List<Double> times = new ArrayList<>();
    try (Socket socket = connect(sockets, server)) {
      for (int i = 0; i < PINGS; i++) {
        long start = System.nanoTime();
        send(socket, "HEAD /_ping HTTP/1.1");
        assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    return times.stream().sorted().skip(PINGS * 99L / 100).findFirst().orElseThrow();
  }

  private static Socket connect(SocketFactory sockets, SockerlessServer server) throws IOException {
    return sockets.createSocket(InetAddress.getLoopbackAddress(), server.edgePort());
  }

  private static void send(Socket socket, String request) throws IOException {
    String head = request + "\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream input = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      assertThat(next).as("the end after %s", head).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
