package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class WireClientTest {

  private final FakeDaemon server = FakeDaemon.start();
  private final AtomicInteger dialled = new AtomicInteger();
  private final WireClient client =
      new WireClient(
          new ConnectionPool(() -> {
            dialled.incrementAndGet();
            return ChannelTransport.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
          }));
  private final List<Closeable> opened = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  private static RequestHead head(String method, String path) {
    return new RequestHead(method, path, Headers.of("Host", "a"));
  }

  private String send(String method, String path) throws IOException {
    try (WireClient.Response response = client.send(head(method, path), opened::add)) {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aConnectionServesOneExchangeAfterTheOther() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(send("GET", "/a")).isEqualTo("{}");
      assertThat(send("POST", "/b")).isEqualTo("{}");
    }
    assertThat(dialled).hasValue(1);
  }

  @Test
  void cancellingAnExchangeThatIsOverDoesNotHitTheNextOnItsConnection() throws IOException {
    send("GET", "/first");
    server.on(
        "GET /second",
        exchange -> {
          opened.getFirst().close();
          exchange.answer("200 OK", "", "second");
        });
    assertThat(send("GET", "/second")).isEqualTo("second");
    assertThat(dialled).hasValue(1);
  }

  @Test
  void cancellingAnExchangeWakesWhoeverWaitsForIt() {
    server.on(
        "GET /slow",
        exchange -> {
          opened.getLast().close();
          exchange.awaitEnd();
        });
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> send("GET", "/slow"));
    await().until(() -> server.openConnections() == 0);
    assertThat(dialled).as("a cancelled request is not sent again").hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "DELETE"})
  void anIdleConnectionThatTheServerClosedIsReplaced(String method) throws IOException {
    server.on(
        "GET /first",
        exchange -> {
          exchange.answer("200 OK", "", "{}");
          exchange.close();
        });
    send("GET", "/first");
    await().until(() -> server.openConnections() == 0);
    send(method, "/second");
    assertThat(server.requests(method + " /second")).hasSize(1);
    assertThat(dialled).hasValue(2);
  }

  @Test
  void aRequestThatChangesThingsIsNotSentTwice() throws IOException {
    send("GET", "/first");
    server.on("POST /change", FakeDaemon.Exchange::close);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> send("POST", "/change"));
    assertThat(server.requests("POST /change")).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotReadToItsEndClosesItsConnection() throws IOException {
    server.on("GET /long", exchange -> exchange.answer("200 OK", "", "x".repeat(100)));
    try (WireClient.Response response = client.send(head("GET", "/long"), opened::add)) {
      assertThat(response.body().read()).isEqualTo('x');
    }
    await().until(() -> server.openConnections() == 0);
    send("GET", "/next");
    assertThat(dialled).hasValue(2);
  }

  @Test
  void anAnswerThatEndsItsConnectionDoesNotPoolIt() throws IOException {
    server.on("GET /last", exchange -> exchange.answer("200 OK", "Connection: close\r\n", "{}"));
    send("GET", "/last");
    send("GET", "/next");
    assertThat(dialled).hasValue(2);
  }

  @Test
  void interimAnswersArePassedOver() throws IOException {
    server.on(
        "GET /interim",
        exchange -> {
          exchange.write(
              "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
          exchange.answer("200 OK", "", "final");
        });
    assertThat(send("GET", "/interim")).isEqualTo("final");
  }

  @Test
  void anAnswerDuringTheUploadIsSeenAndTheConnectionIsNotUsedAgain() throws IOException {
    server.on(
        "POST /early",
        exchange -> {
          exchange.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
          exchange.awaitEnd();
        });
    try (PipedOutputStream feed = new PipedOutputStream();
        InputStream endless = new PipedInputStream(feed);
        WireClient.Response response =
            client.send(head("POST", "/early"), endless, -1, opened::add)) {
      assertThat(response.head().status()).isEqualTo(413);
    }
    await().until(() -> server.openConnections() == 0);
    send("GET", "/next");
    assertThat(dialled).hasValue(2);
  }

  @Test
  void theAnswerStreamsWhileTheUploadGoesOn() throws IOException {
    server.on(
        "POST /echo",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\n\r\n");
          for (int i = 0; i < 3; i++) {
            exchange.read(3);
            exchange.write(exchange.read(1));
            exchange.read(2);
          }
          exchange.close();
        });
    try (PipedOutputStream feed = new PipedOutputStream();
        InputStream upload = new PipedInputStream(feed);
        WireClient.Response response =
            client.send(head("POST", "/echo"), upload, -1, opened::add)) {
      for (char c : new char[] {'a', 'b', 'c'}) {
        feed.write(c);
        feed.flush();
        assertThat(response.body().read()).isEqualTo(c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 100_000, -1})
  void aBodyThatFailsLeavesNoWholeRequestBehind(long length) {
    InputStream broken =
        new InputStream() {
          private int left = 5;

          @Override
          public int read() throws IOException {
            if (left-- > 0) {
              return 'x';
            }
            throw new EOFException("the client left");
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> client.send(head("POST", "/broken"), broken, length, opened::add));
    await().until(() -> server.openConnections() == 0);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16 * 1024, 16 * 1024 + 1, 1_000_000})
  void aBodyOfAnySizeArrivesByItsLength(int size) throws IOException {
    byte[] body = new byte[size];
    try (WireClient.Response response =
        client.send(head("PUT", "/body"), new ByteArrayInputStream(body), size, opened::add)) {
      response.body().readAllBytes();
    }
    FakeDaemon.Request request = server.requests("PUT /body").getFirst();
    assertThat(request.body()).hasSize(size);
    assertThat(request.all("Content-Length")).containsExactly(Integer.toString(size));
  }

  @Test
  void aServerThatIsAwayIsToldApartFromOneThatBreaks() {
    server.on("GET /breaks", FakeDaemon.Exchange::close);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> send("GET", "/breaks"))
        .isNotInstanceOf(ConnectionFailedException.class);
    server.close();
    assertThatExceptionOfType(ConnectionFailedException.class)
        .isThrownBy(() -> send("GET", "/away"));
  }

  @Test
  void aTakenOverConnectionBelongsToItsTakerEvenWhenTheExchangeIsCancelled() throws IOException {
    server.on(
        "POST /hijack",
        exchange -> {
          exchange.hijack();
          exchange.write(exchange.read(4));
          exchange.close();
        });
    RequestHead head =
        new RequestHead(
            "POST", "/hijack", Headers.of("Host", "a", "Connection", "Upgrade", "Upgrade", "tcp"));
    WireClient.Response response = client.send(head, opened::add);
    assertThat(response.head().status()).isEqualTo(101);
    try (Connection connection = response.takeOver()) {
      opened.getFirst().close();
      response.close();
      connection.output().write("ping".getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.input().readAllBytes()).asString().isEqualTo("ping");
    }
  }
}
