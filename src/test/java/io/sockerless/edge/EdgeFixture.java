package io.sockerless.edge;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.FakeDaemon.Request;
import io.sockerless.support.RawClient;
import io.sockerless.support.RawClient.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** An edge before a daemon that a test scripts, which all tests of a class share. */
abstract class EdgeFixture {

  static FakeDaemon daemon;
  static EdgeServer edge;

  String name = "";

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    edge = EdgeServer.before(daemon.host());
  }

  @AfterAll
  static void stop() {
    edge.close();
    daemon.close();
  }

  /** Each test speaks of a container of its own, so that it sees its own requests alone. */
  @BeforeEach
  void name(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName() + test.getDisplayName().hashCode();
  }

  String inspect(String fields) {
    return "GET /containers/" + name + "/json HTTP/1.1\r\nHost: docker\r\n" + fields + "\r\n";
  }

  String post(String fields) {
    return "POST /containers/" + name + "/update HTTP/1.1\r\nHost: docker\r\n" + fields + "\r\n";
  }

  Request update() {
    return daemon.requests("POST /containers/" + name + "/update").getLast();
  }

  static Response exchange(String request) throws IOException {
    try (RawClient client = edge.connect()) {
      return client.send(request).response();
    }
  }
}
