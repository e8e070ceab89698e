package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.DockerDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams through the edge before a real daemon: whole, in order, and alive for as long as it
 * takes.
 */
@Timeout(150)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StreamsIT {

  private static EdgeServer edge;
  private static DaemonApi api;
  private static String container;
  private static final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private static Future<String> silentLogs;
  private static Future<String> silentAttach;

  @BeforeAll
  static void start() throws IOException {
    DockerDaemon.require();
    edge = EdgeServer.before(DockerDaemon.host());
    api = new DaemonApi(edge);
    container = api.sleeper();
    silentLogs = background.submit(StreamsIT::followSilentLogs);
    silentAttach = background.submit(StreamsIT::attachInSilence);
  }

  @AfterAll
  static void stop() {
    background.shutdownNow();
    api.close();
    edge.close();
  }

  private static String followSilentLogs() throws IOException {
    String id = api.create(Map.of(), "sh", "-c", "echo first; sleep 90; echo last");
    api.start(id);
    try (RawClient client = edge.connect()) {
      client.send("GET /containers/" + id + "/logs?follow=1&stdout=1 HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.Response response = client.response();
      assertThat(response.whole()).isTrue();
      return DaemonApi.demultiplex(response.body()).text();
    }
  }

  private static String attachInSilence() throws IOException {
    String id =
        api.create(Map.of("OpenStdin", true, "StdinOnce", true), "sh", "-c", "sleep 60; cat");
    try (RawClient client = api.attach(id)) {
      api.start(id);
      client.send("typed at once\n");
      byte[] echoed = client.send("").halfClose().readToEnd();
      return DaemonApi.demultiplex(echoed).text();
    }
  }

  @Test
  void twentyMegabytesThroughAnExecComeBackUnchanged() throws Exception {
    byte[] data = new byte[20 * 1024 * 1024];
    new Random(3).nextBytes(data);
    try (RawClient client = api.exec(container, true, false, "cat")) {
      Future<?> upload =
          background.submit(() -> {
            client.send(data).halfClose();
            return null;
          });
      byte[] echoed = DaemonApi.demultiplex(client.readToEnd()).out();
      upload.get();
      assertThat(sha256(echoed)).isEqualTo(sha256(data));
    }
  }

  @Test
  void twoHundredCommandsThatPrintAndExitAreNeverCutShort() throws Exception {
    List<Callable<String>> runs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int run = i;
      runs.add(() -> {
        try (RawClient client =
            api.exec(
                container,
                false,
                false,
                "sh",
                "-c",
                "echo out " + run + "; echo err " + run + " >&2")) {
          DaemonApi.Output output = DaemonApi.demultiplex(client.readToEnd());
          return output.text() + new String(output.err(), StandardCharsets.UTF_8);
        }
      });
    }
    try (ExecutorService four = Executors.newFixedThreadPool(4)) {
      List<Future<String>> results = four.invokeAll(runs);
      for (int i = 0; i < 200; i++) {
        assertThat(results.get(i).get()).isEqualTo("out " + i + "\nerr " + i + "\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twentyServerSideClosesAreFlushedWholeWhileInputStaysOpen(boolean tty) throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client =
          api.exec(container, true, tty, "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x")) {
        byte[] output = client.readToEnd();
        assertThat(tty ? output : DaemonApi.demultiplex(output).out())
            .as("run " + i)
            .hasSize(300_000)
            .containsOnly('x');
      }
    }
  }

  @Test
  void anAttachBeforeTheStartLosesNothing() throws IOException {
    String id = api.create(Map.of(), "sh", "-c", "echo at once; seq 1 20000");
    StringBuilder expected = new StringBuilder("at once\n");
    for (int i = 1; i <= 20_000; i++) {
      expected.append(i).append('\n');
    }
    try (RawClient client = api.attach(id)) {
      api.start(id);
      assertThat(DaemonApi.demultiplex(client.readToEnd()).text()).isEqualTo(expected.toString());
    }
    assertThat(api.waitFor(id)).isZero();
  }

  @Test
  void standardErrorIsToldApart() throws IOException {
    try (RawClient client = api.exec(container, false, false, "sh", "-c", "echo a; echo b >&2")) {
      DaemonApi.Output output = DaemonApi.demultiplex(client.readToEnd());
      assertThat(output.text()).isEqualTo("a\n");
      assertThat(output.err()).asString().isEqualTo("b\n");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void anAttachThatIsSilentForAMinuteLivesOn() throws Exception {
    assertThat(silentAttach.get()).isEqualTo("typed at once\n");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void logsThatAreSilentForNinetySecondsLiveOn() throws Exception {
    assertThat(silentLogs.get()).isEqualTo("first\nlast\n");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
