package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import io.sockerless.support.RawClient.Response;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the daemon's answers reach the client, sound and broken. */
@Timeout(20)
class AnswerTest extends EdgeFixture {

  private static final String INSPECT = "GET /containers/c/json HTTP/1.1\r\nHost: a\r\n\r\n";

  private static Response answered(FakeDaemon.Script script) throws IOException {
    daemon.on("GET /containers/c/json", script);
    try (RawClient client = edge.connect()) {
      return client.send(INSPECT).response();
    }
  }

  @Test
  void statusReasonAndFieldsComeBackAsTheyWere() throws IOException {
    Response response =
        answered(exchange ->
            exchange.write(
                "HTTP/1.1 203 Rather Odd\r\nB: 2\r\nContent-Type: text/x\r\na: 1\r\nB: 1\r\nEmpty:\r\nBytes: \u00e4\r\nContent-Length: 2\r\n\r\nok"));
    assertThat(response.statusLine()).isEqualTo("HTTP/1.1 203 Rather Odd");
    assertThat(response.fields().subList(0, 5))
        .containsExactly("B: 2", "Content-Type: text/x", "a: 1", "B: 1", "Empty: ");
    assertThat(response.all("Bytes")).hasSize(1);
    assertThat(response.all("Content-Length")).containsExactly("2");
    assertThat(response.fields()).hasSize(7);
  }

  @Test
  void fieldsOfTheDaemonsOwnConnectionEndHere() throws IOException {
    Response response =
        answered(exchange ->
            exchange.write(
                "HTTP/1.1 200 OK\r\nConnection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok"));
    assertThat(response.fields()).containsExactly("Content-Length: 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\nhello world",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-T: 1\r\n\r\n",
        "\r\nhello world"
      })
  void aBodyComesBackWholeHoweverItIsFramed(String framing) throws IOException {
    Response response =
        answered(exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\n" + framing);
          exchange.close();
        });
    assertThat(response.text()).isEqualTo("hello world");
    assertThat(response.whole()).isTrue();
  }

  @Test
  void eachPieceOfAStreamIsSeenBeforeTheNextComes() throws IOException {
    daemon.on(
        "GET /events",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (String piece : new String[] {"one", "two", "six"}) {
            exchange.read(0);
            exchange.write("3\r\n" + piece + "\r\n");
            turn.acquireUninterruptibly();
          }
          exchange.write("0\r\n\r\n");
        });
    try (RawClient client = edge.connect()) {
      client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
      client.head();
      for (String piece : new String[] {"one", "two", "six"}) {
        assertThat(client.read(8)).isEqualTo("3\r\n" + piece + "\r\n");
        turn.release();
      }
      assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
    }
  }

  private final Semaphore turn = new Semaphore(0);

  @ParameterizedTest
  @CsvSource({"204 No Content", "304 Not Modified"})
  void anAnswerThatHasNoBodyIsFollowedByTheNext(String status) throws IOException {
    daemon.on(
        "POST /containers/c/start",
        exchange -> exchange.write("HTTP/1.1 " + status + "\r\nX-A: 1\r\n\r\n"));
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /containers/c/start HTTP/1.1\r\nHost: a\r\n\r\nGET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      Response response = client.response();
      assertThat(response.statusLine()).isEqualTo("HTTP/1.1 " + status);
      assertThat(response.fields()).containsExactly("X-A: 1");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @Test
  void anErrorIsDockersDocumentOnAConnectionThatGoesOn() throws IOException {
    daemon.on(
        "GET /containers/c/json",
        exchange ->
            exchange.answer(
                "404 Not Found",
                "Api-Version: 1.51\r\nContent-Type: application/json\r\nServer: Docker/28\r\n",
                "{\"message\":\"No such container: c\"}\n"));
    try (RawClient client = edge.connect()) {
      Response response = client.send(INSPECT).response();
      assertThat(response.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(response.text()).isEqualTo("{\"message\":\"No such container: c\"}\n");
      assertThat(response.all("Api-Version")).containsExactly("1.51");
      assertThat(response.all("Server")).containsExactly("Docker/28");
      assertThat(response.all("Content-Type")).containsExactly("application/json");
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"418 I'm a teapot", "507 Insufficient Storage", "409 Conflict"})
  void anErrorOfAnyStatusKeepsIt(String status) throws IOException {
    Response response = answered(exchange -> exchange.answer(status, "", "plain words"));
    assertThat(response.statusLine()).startsWith("HTTP/1.1 " + status.substring(0, 3) + " ");
    assertThat(response.text()).isEqualTo("{\"message\":\"plain words\"}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\npart",
        "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
        "Transfer-Encoding: chunked\r\n\r\n64\r\npart",
        "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n0\r\n",
        "Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n0x5\r\n",
        "Transfer-Encoding: chunked\r\n\r\n4\r\npart\n"
      })
  void aBodyThatTheDaemonBreaksOffIsSeenCutShort(String framing) throws IOException {
    Response response =
        answered(exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\n" + framing);
          exchange.close();
        });
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.whole()).isFalse();
    assertThat(response.text()).doesNotContain("HTTP/1.1");
  }

  @Test
  void anOldClientsBodyThatTheDaemonBreaksHasNoSecondAnswerInside() throws IOException {
    daemon.on(
        "GET /containers/c/json",
        exchange -> {
          exchange.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n0x5\r\n");
          exchange.close();
        });
    try (RawClient client = edge.connect()) {
      client.send("GET /containers/c/json HTTP/1.0\r\n\r\n");
      assertThat(client.response().text()).doesNotContain("400");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nX: 1\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "SSH-2.0-x\r\n\r\n"
      })
  void aDaemonThatSpeaksNoHttpIsUnavailable(String bytes) throws IOException {
    Response response =
        answered(exchange -> {
          exchange.write(bytes);
          exchange.close();
        });
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text())
        .startsWith("{\"message\":\"the connection to the Docker daemon at " + daemon.host());
  }

  @Test
  void whatADaemonSendsBehindItsAnswerIsNotTheNextAnswer() throws IOException {
    daemon.on(
        "GET /containers/c/json",
        exchange -> {
          exchange.write(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
          exchange.awaitEnd();
        });
    try (RawClient client = edge.connect()) {
      assertThat(client.send(INSPECT).response().text()).isEqualTo("ok");
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @Test
  void aDaemonThatIsAwayIsUnavailableAtOnceAndFoundAgainWithoutARestart() throws IOException {
    FakeDaemon away = FakeDaemon.start();
    String host = away.host();
    away.close();
    try (EdgeServer before = EdgeServer.before(host);
        RawClient client = before.connect()) {
      long start = System.nanoTime();
      Response response = client.send(INSPECT).response();
      assertThat(response.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
      assertThat(response.text())
          .startsWith("{\"message\":\"Cannot connect to the Docker daemon at " + host);
      assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(2_000_000_000L);
      try (FakeDaemon back = FakeDaemon.start(away.port())) {
        assertThat(client.send(INSPECT).response().text()).isEqualTo("{}");
        assertThat(back.requests()).isNotEmpty();
      }
    }
  }

  @Test
  void aDaemonThatRestartsIsMetByTheNextRequest() throws IOException {
    FakeDaemon first = FakeDaemon.start();
    try (EdgeServer before = EdgeServer.before(first.host());
        RawClient client = before.connect()) {
      String start = "POST /containers/c/start HTTP/1.1\r\nHost: a\r\n\r\n";
      assertThat(client.send(start).response().status()).isEqualTo(200);
      int port = first.port();
      first.close();
      try (FakeDaemon second = FakeDaemon.start(port)) {
        assertThat(client.send(start).response().status()).isEqualTo(200);
        assertThat(client.send(INSPECT).response().status()).isEqualTo(200);
        assertThat(second.requests()).hasSize(2);
      }
    }
  }

  @Test
  void anApplicationServerThatIsAwayIsUnavailable() throws IOException {
    try (EdgeServer before = EdgeServer.before(daemon.host());
        RawClient client = before.connect()) {
      before.server().close();
      Response response = client.send("GET /console HTTP/1.1\r\nHost: a\r\n\r\n").response();
      assertThat(response.status()).isEqualTo(503);
      assertThat(client.send(INSPECT.replace("/c/", "/d/")).response().status()).isEqualTo(200);
    }
  }
}
