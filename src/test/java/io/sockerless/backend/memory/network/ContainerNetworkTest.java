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
    return container(network, address, alias, Map.of());
  }

  private ContainerNetwork container(
      String network, String address, String alias, Map<String, String> links) {
    NetworkEndpoint endpoint =
        new NetworkEndpoint(
            network,
            network,
            address,
            16,
            address.substring(0, address.lastIndexOf('.')) + ".1",
            "02:42:00:00:00:01",
            List.of(alias),
            links);
    return new ContainerNetwork(switchboard, List.of(endpoint), Map.of("fixed", "172.18.0.2"));
  }

  private static void write(NetworkStack.Socket socket, String text) throws IOException {
    new FileOutput(socket.file()).write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readAll(NetworkStack.Socket socket) throws IOException {
    return new String(new FileInput(socket.file()).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aLinkLeadsToWhoeverHasTheNameNowAndOnItsOwnNetworkOnly() {
    ContainerNetwork linked =
        container("net1", "172.18.0.4", "linked", Map.of("Db", "later", "far", "stranger"));
    assertThat(linked.resolve("db")).isEmpty();
    container("net1", "172.18.0.5", "later");
    assertThat(linked.resolve("db")).containsExactly("172.18.0.5");
    assertThat(client.resolve("db")).isEmpty();
    assertThat(linked.resolve("far")).isEmpty();
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
  void anInterfaceThatIsDownCarriesNothingUntilItIsUpAgain() throws IOException {
    NetworkStack.Listener listener = web.listen("0.0.0.0", 80);
    web.setUp("eth0", false);
    assertThatThrownBy(() -> client.connect("web", 80, SOON)).hasMessage("Host is unreachable");
    assertThatThrownBy(() -> web.connect("172.18.0.3", 80, SOON)).hasMessage("Network unreachable");
    assertThatThrownBy(() -> web.connect("192.0.2.1", 80, SOON)).hasMessage("Network unreachable");
    assertThatThrownBy(() -> web.connectFromOutside(80)).hasMessage("Host is unreachable");
    assertThat(web.interfaces())
        .extracting(NetworkStack.Interface::up)
        .containsExactly(true, false);
    web.connect("127.0.0.1", 80, SOON).file().close();
    listener.accept().file().close();
    web.setUp("eth0", true);
    client.connect("web", 80, SOON).file().close();
    assertThat(listener.accept().peerAddress()).isEqualTo("172.18.0.3");
    web.setUp("lo", false);
    assertThatThrownBy(() -> web.connect("127.0.0.1", 80, SOON)).hasMessage("Network unreachable");
    assertThatThrownBy(() -> web.setUp("eth1", true)).hasMessage("No such device");
  }

  @Test
  void addressesOfTheLinkAreReachedFromEachOther() throws IOException {
    ContainerNetwork near = linkLocal("net1", "172.18.0.7", "169.254.8.7");
    ContainerNetwork far = linkLocal("net1", "172.18.0.8", "169.254.8.8");
    ContainerNetwork elsewhere = linkLocal("net2", "172.19.0.9", "169.254.8.9");
    NetworkStack.Listener listener = far.listen("169.254.8.8", 80);

    near.connect("169.254.8.8", 80, SOON);

    assertThat(listener.accept().peerAddress()).isEqualTo("169.254.8.7");
    assertThatThrownBy(() -> near.connect("172.18.0.8", 80, SOON)).hasMessage("Connection refused");
    assertThatThrownBy(() -> elsewhere.connect("169.254.8.8", 80, SOON))
        .hasMessage("Host is unreachable");
    assertThat(switchboard.at("169.254.8.8", client.endpoints())).isEmpty();
  }

  @Test
  void fromAnInternalNetworkNoWayLeadsOut() throws IOException {
    ContainerNetwork inner = linkLocal("inner", "172.20.0.2", "169.254.8.8");
    assertThatThrownBy(() -> inner.connect("192.0.2.1", 80, SOON))
        .hasMessage("Network unreachable");
    assertThatThrownBy(() -> inner.connect("172.20.0.9", 80, SOON))
        .hasMessage("Host is unreachable");
    NetworkStack.DatagramSocket socket = inner.bind("0.0.0.0", 0);
    assertThatThrownBy(
            () -> socket.send(new NetworkStack.Datagram(new byte[] {1}, "192.0.2.1", 53)))
        .hasMessage("Network unreachable");
  }

  private ContainerNetwork linkLocal(String network, String address, String further) {
    NetworkEndpoint endpoint =
        new NetworkEndpoint(
            network,
            network,
            address,
            16,
            "",
            "",
            List.of(),
            Map.of(),
            List.of(further),
            NetworkEndpoint.USUAL_MTU);
    return new ContainerNetwork(switchboard, List.of(endpoint), Map.of());
  }

  @Test
  void aNameIsAlikeInAnyCaseAndMaySayOnWhichNetwork() {
    String network = web.endpoints().getFirst().networkName();
    assertThat(client.resolve("WEB")).containsExactly("172.18.0.2");
    assertThat(client.resolve("web." + network)).containsExactly("172.18.0.2");
    assertThat(client.resolve("web.other")).isEmpty();
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

  private static NetworkStack.Datagram datagram(String text, String address, int port) {
    return new NetworkStack.Datagram(text.getBytes(StandardCharsets.UTF_8), address, port);
  }

  private static NetworkStack.Datagram next(NetworkStack.DatagramSocket socket) throws IOException {
    return socket.receive(SOON.toNanos()).orElseThrow();
  }

  private static String text(NetworkStack.Datagram datagram) {
    return new String(datagram.content(), StandardCharsets.UTF_8);
  }

  @Test
  void aDatagramReachesAnotherContainerByNameAndTheAnswerFindsBack() throws IOException {
    NetworkStack.DatagramSocket server = web.bind("0.0.0.0", 53);
    NetworkStack.DatagramSocket asking = client.bind("0.0.0.0", 0);
    asking.send(datagram("question", "web", 53));
    NetworkStack.Datagram question = next(server);
    assertThat(text(question)).isEqualTo("question");
    assertThat(question.address()).isEqualTo("172.18.0.3");
    server.send(datagram("answer", question.address(), question.port()));
    assertThat(text(next(asking))).isEqualTo("answer");
  }

  @Test
  void datagramsKeepTheirBoundsAndWhatDoesNotFitIsLost() throws IOException {
    NetworkStack.DatagramSocket server = web.bind("127.0.0.1", 53);
    NetworkStack.DatagramSocket asking = web.bind("127.0.0.1", 0);
    asking.connect("localhost", 53);
    asking.file().write(new byte[] {1, 2, 3}, 0, 3);
    asking.file().write(new byte[] {4}, 0, 1);
    byte[] buffer = new byte[2];
    assertThat(server.file().read(buffer, 0, 2)).isEqualTo(2);
    assertThat(server.file().read(buffer, 0, 2)).isEqualTo(1);
    assertThat(buffer[0]).isEqualTo((byte) 4);
  }

  @Test
  void whoIsConnectedIsToldThatNobodyHasThePort() throws IOException {
    NetworkStack.DatagramSocket asking = client.bind("0.0.0.0", 0);
    asking.connect("web", 54);
    asking.file().write(new byte[1], 0, 1);
    assertThatThrownBy(() -> asking.receive(SOON.toNanos())).hasMessage("Connection refused");
  }

  @Test
  void aConnectedSocketHearsItsPeerAlone() throws IOException {
    NetworkStack.DatagramSocket server = web.bind("0.0.0.0", 53);
    NetworkStack.DatagramSocket first = client.bind("0.0.0.0", 0);
    NetworkStack.DatagramSocket second = client.bind("0.0.0.0", 0);
    first.send(datagram("first", "web", 53));
    second.send(datagram("second", "web", 53));
    assertThat(server.accept()).isEqualTo("172.18.0.3");
    assertThat(text(next(server))).isEqualTo("first");
    assertThat(server.receive(0)).isEmpty();
  }

  @Test
  void aClientOfAPublishedUdpPortIsAtTheGateway() throws IOException {
    NetworkStack.DatagramSocket server = web.bind("0.0.0.0", 53);
    NetworkStack.DatagramSocket outside = web.datagramsFromOutside(53);
    outside.file().write("question".getBytes(StandardCharsets.UTF_8), 0, 8);
    NetworkStack.Datagram question = next(server);
    assertThat(question.address()).isEqualTo("172.18.0.1");
    server.send(datagram("answer", question.address(), question.port()));
    assertThat(text(next(outside))).isEqualTo("answer");
  }

  @Test
  void aUdpPortIsTakenOnceAndGivenBack() throws IOException {
    NetworkStack.DatagramSocket socket = web.bind("0.0.0.0", 53);
    assertThatThrownBy(() -> web.bind("0.0.0.0", 53)).hasMessage("Address in use");
    socket.file().close();
    assertThat(web.bind("0.0.0.0", 53).port()).isEqualTo(53);
  }

  @Test
  void moreThanTheBufferHoldsIsLostAndSoIsWhatIsTooLarge() throws IOException {
    NetworkStack.DatagramSocket server = web.bind("0.0.0.0", 53);
    NetworkStack.DatagramSocket asking = web.bind("0.0.0.0", 0);
    for (int i = 0; i < 10; i++) {
      asking.send(new NetworkStack.Datagram(new byte[60_000], "127.0.0.1", 53));
    }
    int kept = 0;
    while (server.receive(0).isPresent()) {
      kept++;
    }
    assertThat(kept).isEqualTo(3);
    NetworkStack.Datagram large = new NetworkStack.Datagram(new byte[65_508], "127.0.0.1", 53);
    assertThatThrownBy(() -> asking.send(large)).hasMessage("Message too large");
  }

  @Test
  void whoSharesANetworkReachesItsLoopbackUntilTheLastOneLeaves() throws IOException {
    ContainerNetwork sharing = ContainerNetwork.of(switchboard, web.endpoints(), Map.of(), true);
    web.listen("127.0.0.1", 8080);
    assertThat(sharing.connect("localhost", 8080, SOON).peerPort()).isEqualTo(8080);
    web.close();
    assertThat(sharing.connect("localhost", 8080, SOON).peerPort()).isEqualTo(8080);
    sharing.close();
    assertThat(switchboard.at("172.18.0.2", client.endpoints())).isEmpty();
  }
}
