package io.sockerless.backend.memory.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ResourceUsage.NetworkUsage;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerNetworkTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final Switchboard switchboard = new Switchboard();
  private final ContainerNetwork web = container("net1", "172.18.0.2", "web");
  private final ContainerNetwork client = container("net1", "172.18.0.3", "client");
  private final ContainerNetwork stranger = container("net2", "172.19.0.2", "stranger");

  private ContainerNetwork container(String network, String address, String alias) {
    NetworkEndpoint endpoint =
        new NetworkEndpoint(
            network,
            network,
            address,
            16,
            address.substring(0, address.lastIndexOf('.')) + ".1",
            "02:42:00:00:00:01",
            List.of(alias));
    return new ContainerNetwork(switchboard, List.of(endpoint), Map.of("fixed", "172.18.0.2"));
  }

  private static void write(NetworkStack.Socket socket, String text) throws IOException {
    new FileOutput(socket.file()).write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readAll(NetworkStack.Socket socket) throws IOException {
    return new String(new FileInput(socket.file()).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aContainerReachesAnotherByItsNameAndEachDirectionEndsByItself() throws IOException {
    NetworkStack.Listener listener = web.listen("0.0.0.0", 80);
    NetworkStack.Socket socket = client.connect("web", 80, SOON);
    NetworkStack.Socket accepted = listener.accept();
    write(socket, "question");
    socket.shutdownOutput();
    assertThat(readAll(accepted)).isEqualTo("question");
    write(accepted, "answer");
    accepted.file().close();
    assertThat(readAll(socket)).isEqualTo("answer");
    assertThat(accepted.peerAddress()).isEqualTo("172.18.0.3");
  }

  @Test
  void aNameOfAnotherNetworkIsUnknown() {
    assertThat(stranger.resolve("web")).isEmpty();
  }

  @Test
  void anAddressOfAnotherNetworkIsNotReachedInside() throws IOException {
    web.listen("0.0.0.0", 80);
    assertThat(switchboard.at("172.18.0.2", stranger.endpoints())).isEmpty();
  }

  @Test
  void whereNobodyListensTheConnectionIsRefused() {
    assertThatThrownBy(() -> client.connect("web", 81, SOON)).hasMessage("Connection refused");
    assertThatThrownBy(() -> web.connectFromOutside(81)).hasMessage("Connection refused");
  }

  @Test
  void whatListensOnLoopbackIsReachedFromThereAlone() throws IOException {
    web.listen("127.0.0.1", 8080);
    assertThat(web.connect("localhost", 8080, SOON).peerPort()).isEqualTo(8080);
    assertThatThrownBy(() -> client.connect("web", 8080, SOON)).hasMessage("Connection refused");
  }

  @Test
  void aPortIsTakenOnce() throws IOException {
    NetworkStack.Listener listener = web.listen("0.0.0.0", 80);
    assertThatThrownBy(() -> web.listen("0.0.0.0", 80)).hasMessage("Address in use");
    listener.close();
    assertThat(web.listen("0.0.0.0", 80).port()).isEqualTo(80);
  }

  @Test
  void theServersOwnLoopbackIsNotReached() throws IOException {
    try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = host.getLocalPort();
      assertThatThrownBy(() -> client.connect("127.0.0.1", port, SOON))
          .hasMessage("Connection refused");
      assertThatThrownBy(() -> client.connect("localhost", port, SOON))
          .hasMessage("Connection refused");
    }
  }

  @Test
  void aContainerWithoutNetworkReachesItselfAlone() throws IOException {
    ContainerNetwork alone = new ContainerNetwork(switchboard, List.of(), Map.of());
    alone.listen("0.0.0.0", 80);
    assertThat(alone.connect("localhost", 80, SOON).peerPort()).isEqualTo(80);
    assertThatThrownBy(() -> alone.connect("192.0.2.1", 80, SOON))
        .hasMessage("Network unreachable");
  }

  @Test
  void addedHostsComeFirst() {
    assertThat(client.resolve("fixed")).containsExactly("172.18.0.2");
  }

  @Test
  void openSocketsAreListedUntilTheyAreClosed() throws IOException {
    NetworkStack.Listener listener = web.listen("0.0.0.0", 80);
    NetworkStack.Socket socket = client.connect("web", 80, SOON);
    assertThat(client.entries()).hasSize(1);
    assertThat(web.entries()).hasSize(2);
    socket.file().close();
    listener.accept().file().close();
    assertThat(client.entries()).isEmpty();
    assertThat(web.entries()).hasSize(1);
  }

  @Test
  void bytesAreCounted() throws IOException {
    NetworkStack.Listener listener = web.listen("0.0.0.0", 80);
    write(client.connect("web", 80, SOON), "12345");
    new FileInput(listener.accept().file()).readNBytes(5);
    assertThat(client.usage().values()).extracting(NetworkUsage::bytesSent).containsExactly(5L);
    assertThat(web.usage().values()).extracting(NetworkUsage::bytesReceived).containsExactly(5L);
  }
}
