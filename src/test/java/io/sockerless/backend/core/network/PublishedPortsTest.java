package io.sockerless.backend.core.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPortsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final PublishedPorts ports = new PublishedPorts();
  private final Endpoint endpoint = new Endpoint("e1", "c1", "web", OptionalLong.empty(), 0, "");

  @AfterEach
  void close() {
    ports.close();
  }

  private JsonObject open(String hostConfig, PortListener.Target target) {
    return ports.open(
        endpoint,
        PortBindings.of(
            FakeContainers.json("{\"ExposedPorts\":{\"443/tcp\":{}}}"),
            FakeContainers.json(hostConfig.replace('\'', '"'))),
        target,
        port -> {
          throw new AssertionError("no UDP port is wanted");
        });
  }

  private static String binding(String hostPort) {
    return "{'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1','HostPort':'" + hostPort + "'}]}}";
  }

  private static int port(JsonObject ports) {
    return Integer.parseInt(ports.getJsonArray("80/tcp").getJsonObject(0).getString("HostPort"));
  }

  /**
   * Stands for a process that listens: a real socket, so that both directions end by themselves.
   */
  private static PortListener.Target container(ServerSocket server) {
    return port -> new SocketConnection(new Socket(LOOPBACK, server.getLocalPort()));
  }

  private record SocketConnection(Socket socket) implements ContainerProcess.Connection {
    @Override
    public InputStream input() {
      try {
        return socket.getInputStream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public OutputStream output() {
      try {
        return socket.getOutputStream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void shutdownOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static PortListener.Target nobody() {
    return port -> {
      throw new ConnectException("nobody listens on " + port);
    };
  }

  @Test
  void aClientsEndIsSeenWhileTheAnswerIsStillToCome() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      int port = port(open(binding(""), container(server)));
      try (Socket client = new Socket(LOOPBACK, port);
          Socket inside = server.accept()) {
        client.getOutputStream().write("question".getBytes(UTF_8));
        client.shutdownOutput();
        assertThat(inside.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("question");
        inside.getOutputStream().write("answer".getBytes(UTF_8));
        inside.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("answer");
      }
    }
  }

  @Test
  void theContainersEndIsSeenWhileTheClientStillSends() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      int port = port(open(binding(""), container(server)));
      try (Socket client = new Socket(LOOPBACK, port);
          Socket inside = server.accept()) {
        inside.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.getOutputStream().write("late".getBytes(UTF_8));
        client.shutdownOutput();
        assertThat(inside.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("late");
      }
    }
  }

  @Test
  void whereNobodyListensTheClientIsHungUpOn() throws IOException {
    int port = port(open(binding("0"), nobody()));
    try (Socket client = new Socket(LOOPBACK, port)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anExposedPortThatIsNotPublishedIsNull() {
    JsonObject opened = open(binding(""), nobody());
    assertThat(opened.get("443/tcp")).isEqualTo(JsonValue.NULL);
    assertThat(opened.keySet()).containsExactly("80/tcp", "443/tcp");
  }

  @Test
  void aTakenPortIsToldInDockersWordsAndNothingStaysOpen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      int free;
      try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
        free = probe.getLocalPort();
      }
      String both =
          ("{'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1','HostPort':'%d'}],"
                  + "'81/tcp':[{'HostIp':'127.0.0.1','HostPort':'%d'}]}}")
              .formatted(free, taken.getLocalPort());

      EngineException refused =
          catchThrowableOfType(EngineException.class, () -> open(both, nobody()));

      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused)
          .hasMessage(
              "driver failed programming external connectivity on endpoint web (e1): Error starting"
                  + " userland proxy: listen tcp4 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": bind: address already in use");
      assertThatThrownBy(() -> new Socket(LOOPBACK, free)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aPortThatTheContainerItselfHasIsAllocated() throws IOException {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
      free = probe.getLocalPort();
    }
    String twice =
        ("{'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1','HostPort':'%1$d'}],"
                + "'81/tcp':[{'HostIp':'127.0.0.1','HostPort':'%1$d'}]}}")
            .formatted(free);
    assertThatThrownBy(() -> open(twice, nobody()))
        .hasMessageEndingWith(
            "(e1): Bind for 127.0.0.1:" + free + " failed: port is already allocated");
  }

  @Test
  void ofARangeTheFirstFreePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      int first = taken.getLocalPort();
      int last = Math.min(first + 50, 65535);
      assertThat(port(open(binding(first + "-" + last), nobody()))).isBetween(first + 1, last);
    }
  }

  @Test
  void aClosedPortTakesNobodyAndIsFree() throws IOException {
    int port = port(open(binding(""), nobody()));

    ports.close("c1");

    assertThatThrownBy(() -> new Socket(LOOPBACK, port)).isInstanceOf(ConnectException.class);
    assertThat(port(open(binding(Integer.toString(port)), nobody()))).isEqualTo(port);
  }

  @Test
  void aClosedPortCutsClientsWhoseContainerHasEnded() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      int port = port(open(binding(""), container(server)));
      try (Socket client = new Socket(LOOPBACK, port);
          Socket inside = server.accept()) {
        inside.getOutputStream().write("last words".getBytes(UTF_8));
        inside.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("last words");
        assertThat(inside.isClosed()).isFalse();

        ports.close("c1");

        inside.setSoTimeout(5000);
        assertThat(inside.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void allExposedPortsArePublishedOnRequest() {
    PortBindings bindings =
        PortBindings.of(
            FakeContainers.json("{\"ExposedPorts\":{\"80/tcp\":{},\"81\":{}}}"),
            FakeContainers.json("{\"PublishAllPorts\":true}"));
    assertThat(bindings.wanted().values())
        .hasSize(2)
        .allSatisfy(places -> assertThat(places).containsExactly(PortBindings.Place.ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "70000", "9-8", "-1", "1-", "80/tcp"})
  void aHostPortThatIsNoneIsRefused(String port) {
    assertThatThrownBy(() -> open(binding(port), nobody()))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid port specification: \"" + port + "\"");
  }

  @Test
  void sctpIsAnHonestError() {
    assertThatThrownBy(() -> open("{'PortBindings':{'53/sctp':[{'HostPort':''}]}}", nobody()))
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessageContaining("53/sctp");
  }

  @Test
  void aHostAddressThatIsNoneIsRefusedWithoutAskingTheResolver() {
    assertThatThrownBy(() ->
            open("{'PortBindings':{'80/tcp':[{'HostIp':'localhost','HostPort':''}]}}", nobody()))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid host IP address: localhost");
  }

  @Test
  void manyClientsAreServedAtOnce() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
      int port = port(open(binding(""), container(server)));
      Socket[] clients = new Socket[20];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = new Socket(LOOPBACK, port);
        clients[i].getOutputStream().write(i);
      }
      boolean[] seen = new boolean[clients.length];
      for (int i = 0; i < clients.length; i++) {
        try (Socket inside = server.accept()) {
          seen[inside.getInputStream().read()] = true;
        }
      }
      assertThat(seen).doesNotContain(false);
      for (Socket client : clients) {
        await().until(() -> client.getInputStream().read() == -1);
        client.close();
      }
    }
  }
}
