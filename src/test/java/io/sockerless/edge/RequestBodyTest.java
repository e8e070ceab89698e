package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.RawClient;
import io.sockerless.support.RawClient.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the bodies of requests get through, and what becomes of those that do not. */
@Timeout(20)
class RequestBodyTest extends EdgeFixture {

  @Test
  void aBodyByLengthArrivesByLength() throws IOException {
    assertThat(exchange(post("Content-Length: 7\r\n") + "{\"a\":1}").status()).isEqualTo(200);
    assertThat(update().text()).isEqualTo("{\"a\":1}");
    assertThat(update().all("Content-Length")).containsExactly("7");
    assertThat(update().all("Transfer-Encoding")).isEmpty();
  }

  @Test
  void aBodyInChunksArrivesInChunksWithoutItsExtensionsAndTrailer() throws IOException {
    String chunks = "3\r\nabc\r\nA;name=\"value\"\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n";
    try (RawClient client = edge.connect()) {
      client.send(post("Transfer-Encoding: Chunked\r\n") + chunks + inspect(""));
      assertThat(client.response().status()).isEqualTo(200);
      assertThat(client.response().status()).as("of the next request").isEqualTo(200);
    }
    assertThat(update().text()).isEqualTo("abc0123456789");
    assertThat(update().all("Transfer-Encoding")).containsExactly("chunked");
    assertThat(update().all("Content-Length")).isEmpty();
  }

  @Test
  void aLargeUploadArrivesWhole() throws IOException {
    byte[] body = new byte[5_000_000];
    new java.util.Random(2).nextBytes(body);
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: " + body.length + "\r\n")).send(body);
      assertThat(client.response().status()).isEqualTo(200);
      client.send(inspect(""));
      assertThat(client.response().status()).as("of the next request").isEqualTo(200);
    }
    assertThat(Arrays.equals(update().body(), body)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\n",
        "Content-Length: 40000\r\n",
        "Transfer-Encoding: chunked\r\n"
      })
  void aBodyThatTheClientCutsIsRefusedAndNeverTakenForWhole(String framing) throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(post(framing) + (framing.contains("chunked") ? "3\r\nab" : "abc")).halfClose();
      assertThat(client.response().status()).isEqualTo(400);
    }
    assertThat(daemon.requests("POST /containers/" + name + "/update")).isEmpty();
  }

  @Test
  void aClientThatWaitsForItIsToldToContinueOnceTheBodyIsWanted() throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 4\r\nExpect: 100-continue\r\n"));
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");
      client.send("body" + inspect(""));
      assertThat(client.response().status()).isEqualTo(200);
      assertThat(client.response().status()).isEqualTo(200);
    }
    assertThat(update().text()).isEqualTo("body");
    assertThat(update().all("Expect")).isEmpty();
  }

  @Test
  void aClientIsNotToldToContinueWhereTheBodyIsNotWanted() throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /v9.99/build HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\nExpect: 100-continue\r\n\r\n");
      Response response = client.response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text()).contains("too new");
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aClientIsNotToldToContinueWhenItsBodyIsThereAlready() throws IOException {
    assertThat(exchange(post("Content-Length: 0\r\nExpect: 100-continue\r\n")).statusLine())
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void anExpectationThatNobodyKnowsIsRefused() throws IOException {
    assertThat(exchange(post("Content-Length: 1\r\nExpect: miracles\r\n") + "a").status())
        .isEqualTo(417);
  }

  @Test
  void anAnswerThatComesDuringTheUploadIsSeenAtOnceAndTheConnectionCloses() throws IOException {
    daemon.on(
        "PUT /containers/" + name + "/archive",
        exchange -> {
          exchange.read(10);
          exchange.write(
              "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"message\":\"missing\"}");
          exchange.awaitEnd();
        });
    try (RawClient client = edge.connect()) {
      client.send(
          "PUT /containers/"
              + name
              + "/archive?path=/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
      client.send(new byte[20_000]);
      Response response = client.response();
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.text().strip()).isEqualTo("{\"message\":\"missing\"}");
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void anAnswerStreamsWhileTheUploadGoesOn() throws IOException {
    daemon.on(
        "POST /containers/" + name + "/update",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < 3; i++) {
            String part = exchange.read(20_000).substring(0, 1);
            exchange.write("1\r\n" + part + "\r\n");
          }
          exchange.write("0\r\n\r\n");
        });
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 60000\r\n"));
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
      for (String part : List.of("a", "b", "c")) {
        client.send(part.repeat(20_000));
        assertThat(client.read(6)).isEqualTo("1\r\n" + part + "\r\n");
      }
      assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 200000", "Transfer-Encoding: chunked"})
  void whatIsLeftOfARefusedRequestIsReadPast(String framing) throws IOException {
    String body = "x".repeat(200_000);
    try (RawClient client = edge.connect()) {
      client.send("POST /v1.99/containers/create HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");
      client.send(framing.endsWith("chunked") ? "30D40\r\n" + body + "\r\n0\r\n\r\n" : body);
      assertThat(client.response().status()).isEqualTo(400);
      client.send(inspect(""));
      assertThat(client.response().status()).as("of the next request").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10",
        "Content-Length: 300000",
        "Content-Length: 10\r\nExpect: 100-continue"
      })
  void aRefusedRequestWhoseRestDoesNotComeIsAnsweredAllTheSame(String framing) throws IOException {
    try (RawClient client = edge.connect()) {
      client.send("POST /v1.99/containers/create HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");
      Response response = client.response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.all("Connection")).containsExactly("close");
    }
  }
}
