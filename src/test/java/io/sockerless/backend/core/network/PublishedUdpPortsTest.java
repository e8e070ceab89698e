package io.sockerless.backend.core.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedUdpPortsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE = 10_000;

  private final PublishedPorts ports = new PublishedPorts();
  private final List<Echo> ways = new CopyOnWriteArrayList<>();

  /** Stands for a container that sends back what comes, by each way for itself. */
  private static final class Echo implements ContainerProcess.Datagrams {
    private final int port;
    private final BlockingQueue<byte[]> content = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    Echo(int port) {
      this.port = port;
    }

    @Override
    public void send(byte[] content) {
      this.content.add(content);
    }

    @Override
    public Optional<byte[]> receive(Duration patience) throws IOException {
      try {
        byte[] next = null;
        while (next == null) {
          if (closed) {
            throw new IOException("closed");
          }
          next = content.poll(20, TimeUnit.MILLISECONDS);
        }
        return Optional.of((port + ":" + new String(next, UTF_8)).getBytes(UTF_8));
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    ports.close();
  }

  private JsonObject open(String container, String binding) {
    return ports.open(
        new Endpoint("e1", container, "dns", OptionalLong.empty(), 0, ""),
        PortBindings.of(
            FakeContainers.json("{}"),
            FakeContainers.json(
                "{'PortBindings':{'53/udp':[%s]}}".formatted(binding).replace('\'', '"'))),
        port -> {
          throw new AssertionError("no TCP port is wanted");
        },
        port -> {
          Echo echo = new Echo(port);
          ways.add(echo);
          return echo;
        });
  }

  private static int port(JsonObject ports) {
    return Integer.parseInt(ports.getJsonArray("53/udp").getJsonObject(0).getString("HostPort"));
  }

  private static String ask(DatagramSocket client, int port, String question) throws IOException {
    client.setSoTimeout(PATIENCE);
    client.send(new DatagramPacket(question.getBytes(UTF_8), question.length(), LOOPBACK, port));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    return new String(answer.getData(), 0, answer.getLength(), UTF_8);
  }

  @Test
  void eachClientGetsItsOwnAnswers() throws IOException {
    int port = port(open("c1", "{'HostIp':'127.0.0.1','HostPort':''}"));
    try (DatagramSocket one = new DatagramSocket();
        DatagramSocket other = new DatagramSocket()) {
      assertThat(ask(one, port, "one")).isEqualTo("53:one");
      assertThat(ask(other, port, "other")).isEqualTo("53:other");
      assertThat(ask(one, port, "again")).isEqualTo("53:again");
    }
    assertThat(ways).hasSize(2);
  }

  @Test
  void bothFamiliesAreBoundUnlessAnAddressIsGiven() {
    assertThat(open("c1", "{'HostPort':''}").getJsonArray("53/udp"))
        .extracting(it -> it.asJsonObject().getString("HostIp"))
        .containsExactly("0.0.0.0", "::");
    assertThat(open("c2", "{'HostIp':'::1','HostPort':''}").getJsonArray("53/udp"))
        .extracting(it -> it.asJsonObject().getString("HostIp"))
        .containsExactly("::1");
  }

  @Test
  void aPortOfAnotherContainerIsAllocated() {
    int port = port(open("c1", "{'HostIp':'127.0.0.1','HostPort':''}"));
    assertThatThrownBy(() -> open("c2", "{'HostIp':'127.0.0.1','HostPort':'%d'}".formatted(port)))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "driver failed programming external connectivity on endpoint dns (e1): Bind for"
                + " 127.0.0.1:%d failed: port is already allocated",
            port);
  }

  @Test
  void aPortOfSomebodyElseIsInUse() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      assertThatThrownBy(() ->
              open("c1", "{'HostIp':'127.0.0.1','HostPort':'%d'}".formatted(taken.getLocalPort())))
          .hasMessageEndingWith(
              "listen udp4 127.0.0.1:%d: bind: address already in use", taken.getLocalPort());
    }
  }

  @Test
  void aClosedPortIsFreeAndItsWaysAreClosed() throws IOException {
    int port = port(open("c1", "{'HostIp':'127.0.0.1','HostPort':''}"));
    try (DatagramSocket client = new DatagramSocket()) {
      ask(client, port, "x");
    }
    ports.close("c1");
    await().until(() -> ways.getFirst().closed);
    assertThat(port(open("c2", "{'HostIp':'127.0.0.1','HostPort':'%d'}".formatted(port))))
        .isEqualTo(port);
  }
}
