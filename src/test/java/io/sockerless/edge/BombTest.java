package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Body;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents and heads that are to cost more than they weigh, at an edge with rules. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombTest {

  private static final int DEPTH = 10_000;

  /** What may be left of a bomb once it has been answered. */
  private static final long HEAP_MEGABYTES = 16;

  @TempDir private static Path folder;

  private FakeDaemon daemon;
  private EdgeServer edge;

  @BeforeAll
  void start() throws IOException {
    daemon = FakeDaemon.start();
    Path rules =
        Files.writeString(
            folder.resolve("policy.yaml"), "rules: [{who: '*', allow: '*', owners: '*'}]");
    edge = edge(daemon.host(), "sockerless.policy.file", rules.toString());
  }

  /** The edge to attack. */
  EdgeServer edge(String dockerHost, String... settings) {
    return EdgeServer.before(dockerHost, settings);
  }

  @AfterAll
  void stop() {
    edge.close();
    daemon.close();
  }

  private static Arguments document(String name, String document, int status) {
    return Arguments.of(Named.of(name, document), status);
  }

  static Stream<Arguments> documents() {
    String large = "x".repeat(Body.MAX_DOCUMENT);
    StringBuilder many = new StringBuilder("{\"Image\":\"a\"");
    while (many.length() < Body.MAX_DOCUMENT - 100) {
      many.append(",\"Image\":\"a\"");
    }
    return Stream.of(
        document("objects in objects", "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH), 400),
        document("arrays in arrays", "{\"a\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}", 400),
        document("depth without end", "{\"a\":".repeat(1_000_000), 400),
        document("more than 16 MB", "{\"Image\":\"" + large + "\"}", 413),
        document("16 MB of one key", many + "}", 400),
        document("a key twice", "{\"Image\":\"a\",\"Image\":\"b\"}", 400),
        document(
            "a number of a million digits", "{\"Memory\":" + "9".repeat(1_000_000) + "}", 400));
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentIsRefusedAndNobodyElseSeesIt(String document, int status) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    for (String path : new String[] {"/containers/create", "/exec/some/start"}) {
      long heap = heap();
      long start = System.nanoTime();
      try (RawClient client = edge.connect()) {
        client.send(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n");
        RawClient.Response response = client.send(bytes).response();
        report(bytes.length, path, response, start, heap() - heap);

        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.text()).startsWith("{\"message\":");
      }
      assertThat(heap() - heap).isLessThan(HEAP_MEGABYTES);
    }
    assertThat(daemon.received()).doesNotContain("/containers/create", "/exec/some/start");
  }

  private static void report(
      int size, String path, RawClient.Response response, long start, long grown) {
    System.getLogger(BombTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} bytes to {1}: {2} after {3} ms, the heap grew by {4} MB",
            size,
            path,
            response.status(),
            (System.nanoTime() - start) / 1_000_000,
            grown);
  }

  static Stream<Named<String>> heads() {
    String request = "GET /_ping HTTP/1.1\r\nHost: a\r\n";
    return Stream.of(
        Named.of("one field", request + "X-A: " + "a".repeat(300_000) + "\r\n\r\n"),
        Named.of("many fields", request + "X-A: a\r\n".repeat(300) + "\r\n"),
        Named.of("fields without end", request + "X-A: a\r\n".repeat(40_000)),
        Named.of("the target", "GET /" + "a".repeat(300_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void aHeadIsRefusedAndTheConnectionClosed(String head) throws IOException {
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(head).response();

      assertThat(response.status()).isEqualTo(431);
      assertThat(response.all("Connection")).containsExactly("close");
      assertThat(client.readToEnd()).isEmpty();
    }
  }
}
