package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever two parsers could read differently is answered once and the connection closed, and
 * neither it nor what lies behind it is seen by the daemon or the application server.
 */
@Timeout(20)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {

  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

  private FakeDaemon daemon;
  private EdgeServer edge;

  @BeforeAll
  void start() {
    daemon = FakeDaemon.start();
    edge = edge(daemon.host());
  }

  /** The edge to attack. */
  EdgeServer edge(String dockerHost) {
    return EdgeServer.before(dockerHost);
  }

  @AfterAll
  void stop() {
    edge.close();
    daemon.close();
  }

  /** A request for {@code /smuggled} itself, with these lines in place of a sound head. */
  private static String head(String lines) {
    return "POST /smuggled HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n";
  }

  private static Arguments form(String name, String bytes) {
    return Arguments.of(org.junit.jupiter.api.Named.of(name, bytes));
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        form(
            "length and chunks",
            head("Content-Length: 5\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
        form(
            "chunks and length",
            head("Transfer-Encoding: chunked\r\nContent-Length: 5") + "0\r\n\r\n"),
        form("two lengths", head("Content-Length: 2\r\nContent-Length: 3") + "abc"),
        form("two equal lengths", head("Content-Length: 2\r\nContent-Length: 2") + "ab"),
        form("two lengths of other cases", head("Content-Length: 2\r\ncontent-length: 2") + "ab"),
        form("a list of lengths", head("Content-Length: 2, 2") + "ab"),
        form("a negative length", head("Content-Length: -1")),
        form("a signed length", head("Content-Length: +2") + "ab"),
        form("a hexadecimal length", head("Content-Length: 0x2") + "ab"),
        form("an empty length", head("Content-Length: ")),
        form("a fractional length", head("Content-Length: 2.0") + "ab"),
        form("a length with a space inside", head("Content-Length: 1 2") + "ab"),
        form("a huge length", head("Content-Length: 99999999999999999999")),
        form("a length beyond a long", head("Content-Length: 9223372036854775808")),
        form("a length in other digits", head("Content-Length: \u00b2") + "ab"),
        form("chunked twice in a list", head("Transfer-Encoding: chunked, chunked") + "0\r\n\r\n"),
        form(
            "chunked twice",
            head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
        form(
            "chunked and identity",
            head("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity") + "0\r\n\r\n"),
        form("identity", head("Transfer-Encoding: identity")),
        form("gzip, chunked", head("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"),
        form("xchunked", head("Transfer-Encoding: xchunked") + "0\r\n\r\n"),
        form("chunked with a parameter", head("Transfer-Encoding: chunked;q=1") + "0\r\n\r\n"),
        form("quoted chunked", head("Transfer-Encoding: \"chunked\"") + "0\r\n\r\n"),
        form("no encoding", head("Transfer-Encoding:") + "0\r\n\r\n"),
        form("chunked, comma", head("Transfer-Encoding: chunked,") + "0\r\n\r\n"),
        form("comma, chunked", head("Transfer-Encoding: ,chunked") + "0\r\n\r\n"),
        form("vertical tab before chunked", head("Transfer-Encoding: \u000bchunked") + "0\r\n\r\n"),
        form("form feed before chunked", head("Transfer-Encoding: \fchunked") + "0\r\n\r\n"),
        form(
            "no-break space before chunked",
            head("Transfer-Encoding: \u00a0chunked") + "0\r\n\r\n"),
        form("next line behind chunked", head("Transfer-Encoding: chunked\u0085") + "0\r\n\r\n"),
        form("NUL behind chunked", head("Transfer-Encoding: chunked\0") + "0\r\n\r\n"),
        form(
            "chunks in HTTP/1.0",
            "POST /smuggled HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        form("space before a colon", head("Transfer-Encoding : chunked") + "0\r\n\r\n"),
        form("space before a length's colon", head("Content-Length : 2") + "ab"),
        form("tab before a colon", head("Content-Length\t: 2") + "ab"),
        form("vertical tab before a colon", head("Content-Length\u000b: 2") + "ab"),
        form("form feed before a name", head("\fContent-Length: 2") + "ab"),
        form("NUL in a name", head("Content\0-Length: 2") + "ab"),
        form("byte above 127 in a name", head("X-\u00e4: 1")),
        form("empty name", head(": 1")),
        form("no colon", head("Content-Length 2")),
        form("folded line", head("X-A: 1\r\n X-B: 2")),
        form("line folded by a tab", head("X-A: 1\r\n\tContent-Length: 2") + "ab"),
        form("first line folded", "POST /smuggled HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n"),
        form("line feed alone", "POST /smuggled HTTP/1.1\nHost: a\n\n"),
        form(
            "line feed alone behind a field", "POST /smuggled HTTP/1.1\r\nHost: a\nX-A: 1\r\n\r\n"),
        form("line feed alone at the end", "POST /smuggled HTTP/1.1\r\nHost: a\r\n\n"),
        form("line feed in a value", head("X-A: 1\nContent-Length: 2") + "ab"),
        form("carriage return in a value", head("X-A: 1\rContent-Length: 2") + "ab"),
        form(
            "carriage return alone at the end",
            "POST /smuggled HTTP/1.1\r\nHost: a\r\n\r" + SMUGGLED),
        form("two carriage returns", "POST /smuggled HTTP/1.1\r\nHost: a\r\r\n\r\n"),
        form("NUL in a value", head("X-A: a\0b")),
        form("DEL in a value", head("X-A: a\u007fb")),
        form("escape in a value", head("X-A: a\u001bb")),
        form("empty line first", "\r\nPOST /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("space in the target", "POST /smuggled HTTP/1.1 HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("tab in the target", "POST /smug\tgled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("NUL in the target", "POST /smug\0gled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("two spaces before the target", "POST  /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("two spaces behind the target", "POST /smuggled  HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("tab behind the method", "POST\t/smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("space before the method", " POST /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("space behind the version", "POST /smuggled HTTP/1.1 \r\nHost: a\r\n\r\n"),
        form("colon in the method", "PO:ST /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"),
        form("no version", "POST /smuggled\r\nHost: a\r\n\r\n"),
        form("version 0.9", "POST /smuggled HTTP/0.9\r\nHost: a\r\n\r\n"),
        form("version 1.2", "POST /smuggled HTTP/1.2\r\nHost: a\r\n\r\n"),
        form("version 2.0", "POST /smuggled HTTP/2.0\r\nHost: a\r\n\r\n"),
        form("version 1.10", "POST /smuggled HTTP/1.10\r\nHost: a\r\n\r\n"),
        form("version in lower case", "POST /smuggled http/1.1\r\nHost: a\r\n\r\n"),
        form("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        form("TLS's greeting", "\u0016\u0003\u0001\u0002\0\u0001\n\r\n\r\n"),
        form("no Host", "POST /smuggled HTTP/1.1\r\nX-A: 1\r\n\r\n"),
        form("no field at all", "POST /smuggled HTTP/1.1\r\n\r\n"),
        form("two Hosts", "POST /smuggled HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        form("two equal Hosts", "POST /smuggled HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"),
        form("two Hosts in HTTP/1.0", "POST /smuggled HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"));
  }

  static Stream<Arguments> targets() {
    return Stream.of(
            "/../smuggled",
            "/images/../smuggled",
            "/images/x/..",
            "/images/%2e%2e/smuggled",
            "/images/.%2E/smuggled",
            "/images%2f..%2fsmuggled",
            "/images/./smuggled",
            "/images/%2e/smuggled",
            "/smuggled%00",
            "/smuggled%0d%0aX-A:%201",
            "/smuggled%0A",
            "/smuggled%7f",
            "/smuggled%",
            "/smuggled%2",
            "/smuggled%zz",
            "/smuggled%+1",
            "/smuggled#fragment",
            "smuggled",
            "*",
            "a:80",
            "http:///smuggled",
            "http:/smuggled",
            "http://",
            "http://a?/smuggled",
            "http://a#/smuggled",
            "http://user:pass@a/smuggled",
            "http://a/../smuggled",
            "https://a/smuggled",
            "ftp://a/smuggled",
            "file:///smuggled")
        .map(target -> form(target, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource({"heads", "targets"})
  void aHeadThatCanBeReadTwoWaysIsRefusedAndNeverSeenBehindTheEdge(String bytes)
      throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(bytes + SMUGGLED);
      RawClient.Response response = client.response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(response.text()).startsWith("{\"message\":\"");
      assertThat(client.readToEnd()).as("what follows the refusal").isEmpty();
    }
    assertThat(daemon.received()).doesNotContain("smuggled");
    assertThat(edge.server().received()).doesNotContain("smuggled");
  }

  static Stream<Arguments> chunks() {
    return Stream.of(
        form("0x", "0x2\r\nab\r\n0\r\n\r\n"),
        form("plus", "+2\r\nab\r\n0\r\n\r\n"),
        form("minus", "-2\r\nab\r\n0\r\n\r\n"),
        form("no size", "\r\nab\r\n0\r\n\r\n"),
        form("space before the size", " 2\r\nab\r\n0\r\n\r\n"),
        form("space behind the size", "2 \r\nab\r\n0\r\n\r\n"),
        form("tab behind the size", "2\t\r\nab\r\n0\r\n\r\n"),
        form("vertical tab behind the size", "2\u000b;a\r\nab\r\n0\r\n\r\n"),
        form("underscore", "1_0\r\n0123456789abcdef\r\n0\r\n\r\n"),
        form("no hexadecimal digit", "g\r\nab\r\n0\r\n\r\n"),
        form("digit above 127", "\u00b2\r\nab\r\n0\r\n\r\n"),
        form("size beyond a long", "10000000000000002\r\nab\r\n0\r\n\r\n"),
        form("size that wraps to 2", "100000000000000000000000000000002\r\nab\r\n0\r\n\r\n"),
        form("size line without end", "0".repeat(2000) + "2\r\nab\r\n0\r\n\r\n"),
        form("extension without end", "2;" + "a".repeat(2000) + "\r\nab\r\n0\r\n\r\n"),
        form("line feed alone behind the size", "2\nab\r\n0\r\n\r\n"),
        form("carriage return alone behind the size", "2\rab\r\n0\r\n\r\n"),
        form("line feed alone behind the data", "2\r\nab\n0\r\n\r\n"),
        form("line feed in an extension", "2;a\nb\r\nab\r\n0\r\n\r\n"),
        form("carriage return in an extension", "2;a\rb\r\nab\r\n0\r\n\r\n"),
        form("NUL in an extension", "2;a\0b\r\nab\r\n0\r\n\r\n"),
        form("data longer than its size", "2\r\nabc\r\n0\r\n\r\n"),
        form("data shorter than its size", "3\r\nab\r\n0\r\n\r\n"),
        form("trailer with a line feed alone", "0\r\nX-A: 1\n\r\n"),
        form("trailer with a space before its colon", "0\r\nX-A : 1\r\n\r\n"),
        form("folded trailer", "0\r\nX-A: 1\r\n b\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void aMalformedChunkIsRefusedAndNeverTakenForAWholeBody(String bytes) throws IOException {
    int before = daemon.requests("POST /build").size();
    try (RawClient client = edge.connect()) {
      client.send("POST /build HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(bytes + SMUGGLED);
      RawClient.Response response = client.response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(client.readToEnd()).as("what follows the refusal").isEmpty();
    }
    assertThat(daemon.requests("POST /build")).as("whole requests").hasSize(before);
    assertThat(daemon.received()).doesNotContain("smuggled");
    assertThat(edge.server().received()).doesNotContain("smuggled");
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void aMalformedChunkOfAnExecsStartIsRefused(String bytes) throws IOException {
    int before = daemon.requests("POST /exec/e/start").size();
    try (RawClient client = edge.connect()) {
      client.send("POST /exec/e/start HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send(bytes + SMUGGLED);
      assertThat(client.response().status()).isEqualTo(400);
      assertThat(client.readToEnd()).as("what follows the refusal").isEmpty();
    }
    assertThat(daemon.requests("POST /exec/e/start")).hasSize(before);
    assertThat(daemon.received()).doesNotContain("smuggled");
  }

  @Test
  void aMethodInLowerCaseIsNotTheOneInUpperCase() throws IOException {
    try (RawClient client = edge.connect()) {
      client.send("delete /containers/c HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(404);
    }
    assertThat(daemon.received()).doesNotContainIgnoringCase("DELETE");
  }

  @Test
  void aFieldThatConnectionNamesIsNotSeenBehindTheEdgeButFramesTheBody() throws IOException {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /containers/create HTTP/1.1\r\nHost: a\r\nConnection: Content-Length, X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\nContent-Length: 2\r\n\r\n{}"
              + "GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);
      assertThat(client.response().text()).isEqualTo("OK");
    }
    FakeDaemon.Request request = daemon.requests("POST /containers/create").getLast();
    assertThat(request.text()).isEqualTo("{}");
    assertThat(request.all("X-Hop")).isEmpty();
    assertThat(request.all("Connection")).isEmpty();
    assertThat(request.all("X-Kept")).containsExactly("2");
  }
}
