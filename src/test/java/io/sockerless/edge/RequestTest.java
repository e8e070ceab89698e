package io.sockerless.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.FakeDaemon.Request;
import io.sockerless.support.RawClient;
import io.sockerless.support.RawClient.Response;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests arrive behind the edge, and what keeps their connection. */
@Timeout(20)
class RequestTest extends EdgeFixture {

  @Test
  void pipelinedRequestsAreAnsweredInOrderOnOneConnection() throws IOException {
    for (int i = 0; i < 50; i++) {
      String answer = "{\"n\":" + i + "}";
      daemon.on(
          "GET /containers/" + name + i + "/json",
          exchange -> exchange.answer("200 OK", "", answer));
    }
    try (RawClient client = edge.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests
            .append("GET /containers/")
            .append(name)
            .append(i)
            .append("/json HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.response().text()).isEqualTo("{\"n\":" + i + "}");
      }
    }
  }

  @Test
  void aRequestThatComesByteByByteIsTheSame() throws IOException {
    try (RawClient client = edge.connect()) {
      for (byte b :
          post("Content-Length: 4\r\n")
              .concat("body")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
        client.send(new byte[] {b});
      }
      assertThat(client.response().status()).isEqualTo(200);
    }
    assertThat(update().text()).isEqualTo("body");
  }

  @Test
  void anOldClientGetsItsAnswerUntilTheClose() throws IOException {
    daemon.on(
        "GET /containers/" + name + "/json",
        exchange ->
            exchange.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"));
    try (RawClient client = edge.connect()) {
      client.send("GET /containers/" + name + "/json HTTP/1.0\r\n\r\n");
      Response response = client.response();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.all("Transfer-Encoding")).isEmpty();
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(response.text()).isEqualTo("{}");
    }
  }

  @Test
  void aHeadRequestIsAnsweredWithoutABodyAndTheConnectionGoesOn() throws IOException {
    try (RawClient client = edge.connect()) {
      client.send("HEAD /_ping HTTP/1.1\r\nHost: a\r\n\r\nGET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      Response head = client.response("HEAD");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.all("Content-Length")).containsExactly("2");
      assertThat(client.response().text()).isEqualTo("OK");
    }
    assertThat(daemon.requests("HEAD /_ping")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "close,true",
    "Close,true",
    "'keep-alive, close',true",
    "keep-alive,false",
    "'',false"
  })
  void theConnectionClosesWhenTheClientAsksForIt(String connection, boolean closes)
      throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(inspect(connection.isEmpty() ? "" : "Connection: " + connection + "\r\n"));
      assertThat(client.response().all("Connection").contains("close")).isEqualTo(closes);
      if (closes) {
        assertThat(client.readToEnd()).isEmpty();
      } else {
        assertThat(client.send(inspect("")).response().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60_000, 200_000})
  void aLargeFieldArrivesWhole(int size) throws IOException {
    String config = "eyJ".repeat(size / 3);
    assertThat(exchange(inspect("X-Registry-Config: " + config + "\r\n")).status()).isEqualTo(200);
    assertThat(
            daemon.requests("GET /containers/" + name + "/json").getLast().all("X-Registry-Config"))
        .containsExactly(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one field", "many fields", "the target", "fields without end"})
  void aHeadBeyondItsLimitsIsRefused(String what) throws IOException {
    String request =
        switch (what) {
          case "one field" -> inspect("X-A: " + "a".repeat(300_000) + "\r\n");
          case "many fields" -> inspect("X-A: a\r\n".repeat(300));
          case "the target" -> "GET /" + "a".repeat(300_000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
          default -> "GET / HTTP/1.1\r\n" + "a".repeat(270_000);
        };
    try (RawClient client = edge.connect()) {
      Response response = client.send(request).response();
      assertThat(response.status()).isEqualTo(431);
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(client.readToEnd()).isEmpty();
    }
    assertThat(daemon.requests("GET /containers/" + name + "/json")).isEmpty();
  }

  @Test
  void fieldsThatNobodyKnowsArriveInTheirOrderWithTheirDuplicates() throws IOException {
    exchange(
        inspect(
            "x-LOWER: 1\r\nX-Twice: b\r\nX-Empty:\r\nX-Twice: a\r\nX-Spaces:   a  b \t\r\nX-Bytes: \u00e4\r\n"));
    assertThat(daemon.requests("GET /containers/" + name + "/json").getLast().fields())
        .containsExactly(
            "Host: docker",
            "x-LOWER: 1",
            "X-Twice: b",
            "X-Empty: ",
            "X-Twice: a",
            "X-Spaces: a  b",
            "X-Bytes: \u00e4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filters={\"label\":[\"a=b\"]}",
        "filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D",
        "unknown=1&unknown=2&=&&x",
        "a=%zz&b=%",
        "a=/../x&b=http://c/?d",
        "q=a+b%20c;d|e^f`g\\h"
      })
  void aQueryArrivesAsItWasWritten(String query) throws IOException {
    exchange("GET /containers/" + name + "/json?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(daemon.requests("GET /containers/" + name + "/json").getLast().target())
        .isEqualTo("/containers/" + name + "/json?" + query);
  }

  @ParameterizedTest
  @CsvSource({
    "/images/library%2Fhello/json,/images/library/hello/json",
    "/images/127.0.0.1:5000/a/b:1.0/json,/images/127.0.0.1:5000/a/b:1.0/json",
    "/images/127.0.0.1%3A5000%2Fa%2fb/json,/images/127.0.0.1:5000/a/b/json",
    "/images/a@sha256:0f/json,/images/a@sha256:0f/json",
    "/images//a///b/json,/images/a/b/json",
    "/v1.41/images/a%2Fb/json,/v1.41/images/a/b/json",
    "/images/a%20b%25/json,/images/a%20b%25/json",
    "/images/a;b/json,/images/a%3Bb/json",
    "/images/a+b/json,/images/a%2Bb/json",
    "http://docker/images/a/json,/images/a/json",
    "HTTP://DOCKER:2375/images/a/json,/images/a/json"
  })
  void aPathArrivesInItsOneForm(String target, String arrives) throws IOException {
    assertThat(exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
    assertThat(daemon.requests().stream().map(Request::target)).contains(arrives);
  }

  @Test
  void bytesBeyondAsciiArriveEncoded() throws IOException {
    String letter = new String("\u00e9".getBytes(UTF_8), ISO_8859_1);
    exchange("GET /containers/" + letter + "/json?q=" + letter + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(daemon.requests().stream().map(Request::target))
        .contains("/containers/%C3%A9/json?q=%C3%A9");
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD /containers/json,404",
    "HEAD /info/,404",
    "GET /containers/a/json/,404",
    "OPTIONS /info,200",
    "OPTIONS /,200",
    "OPTIONS /nosuch,200",
    "PATCH /info,404"
  })
  void whatTheApiHasNotIsUnknownToNobodyElse(String request, int status) throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(request + "?%zz HTTP/1.1\r\nHost: a\r\n\r\n");
      Response response = client.response(request.substring(0, request.indexOf(' ')));
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.all("Content-Length")).containsExactly(status == 200 ? "0" : "29");
    }
    assertThat(edge.server().received()).doesNotContain(request);
  }

  @Test
  void whatNoResourceHasGoesToTheApplicationServer() throws IOException {
    edge.server()
        .on(
            "GET /console/" + name,
            exchange -> exchange.answer("200 OK", "X-From: server\r\n", "page"));
    Response response = exchange("GET /console/" + name + "?a=b HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(response.text()).isEqualTo("page");
    assertThat(response.all("X-From")).containsExactly("server");
    assertThat(daemon.received()).doesNotContain("/console/" + name);
  }

  @Test
  void aClientThatEndsItsDirectionBehindItsRequestStillGetsTheAnswer() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    daemon.on(
        "GET /containers/" + name + "/json",
        exchange -> {
          awaitInVain(never);
          exchange.answer("200 OK", "", "{}");
        });
    try (RawClient client = edge.connect()) {
      client.send(inspect("")).halfClose();
      assertThat(client.response().text()).isEqualTo("{}");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  /** Outlasts the moment at which the edge begins to watch, and not the grace that it gives. */
  private static void awaitInVain(CountDownLatch never) {
    try {
      assertThat(never.await(600, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/events,",
    "GET,/containers/idle/logs,?follow=1",
    "POST,/containers/idle/wait,",
    "GET,/containers/idle/stats,"
  })
  void aClientThatLeavesASilentStreamIsNoticedWithinTwoSeconds(
      String method, String path, String query) throws Exception {
    daemon.on(
        method + " " + path,
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          exchange.awaitEnd();
        });
    try (RawClient client = edge.connect()) {
      client.send(
          method + " " + path + (query == null ? "" : query) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
    }
    assertThat(exchangeOf(path).hasEnded(2000)).isTrue();
  }

  @Test
  void aClientThatLeavesBeforeTheAnswersHeadIsNoticedWithinTwoSeconds() throws Exception {
    daemon.on("POST /containers/" + name + "/update", FakeDaemon.Exchange::awaitEnd);
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 2\r\n") + "{}");
      await()
          .until(
              () -> daemon.exchanges().stream().anyMatch(it -> it.request().line().contains(name)));
    }
    assertThat(exchangeOf("/" + name + "/").hasEnded(2000)).isTrue();
  }

  @Test
  void aSilentStreamStaysOpenWhileItsClientDoes() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    daemon.on(
        "GET /containers/" + name + "/logs",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          awaitInVain(go);
          exchange.write("5\r\nlater\r\n0\r\n\r\n");
        });
    try (RawClient client = edge.connect()) {
      Response response =
          client
              .send("GET /containers/" + name + "/logs?follow=1 HTTP/1.1\r\nHost: a\r\n\r\n")
              .response();
      assertThat(response.text()).isEqualTo("later");
      assertThat(response.whole()).isTrue();
    }
  }

  @Test
  void theNextRequestMayComeWhileALongOneRuns() throws IOException {
    CountDownLatch sent = new CountDownLatch(1);
    daemon.on(
        "POST /containers/" + name + "/update",
        exchange -> {
          exchange.readBody();
          awaitInVain(sent);
          exchange.answer("200 OK", "", "first");
        });
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 0\r\n"));
      await()
          .until(
              () -> daemon.exchanges().stream().anyMatch(it -> it.request().line().contains(name)));
      awaitInVain(new CountDownLatch(1));
      client.send(inspect(""));
      assertThat(client.response().text()).isEqualTo("first");
      assertThat(client.response().text()).isEqualTo("{}");
    }
  }

  private static FakeDaemon.Exchange exchangeOf(String text) {
    return daemon.exchanges().stream()
        .filter(exchange -> exchange.request().line().contains(text))
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
