package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TcpTableTest {

  private static final String TAIL = "00000000:00000000 03:00001757 00000000     0        0 ";

  @ParameterizedTest
  @CsvSource({"INET,127.0.0.1", "INET6,127.0.0.1", "INET6,::1"})
  @EnabledOnOs(OS.LINUX)
  void anEndIsAnOrphanOnceItsProcessHasClosedItAndNotWhenItHasHalfClosed(
      StandardProtocolFamily family, String host) throws IOException {
    try (ServerSocketChannel listener =
            ServerSocketChannel.open().bind(new InetSocketAddress(host, 0));
        SocketChannel client = SocketChannel.open(family)) {
      client.connect(listener.getLocalAddress());
      try (SocketChannel server = listener.accept()) {
        TcpEnd end = new ChannelTransport(server).localPeer().orElseThrow();

        client.shutdownOutput();
        assertThat(server.read(ByteBuffer.allocate(1))).isNegative();
        assertThat(TcpTable.orphans()).doesNotContain(end);

        client.close();
        await().untilAsserted(() -> assertThat(TcpTable.orphans()).contains(end));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0100007F:D431 0100007F:0947, 127.0.0.1, 127.0.0.1",
    "0000000000000000FFFF00000100007F:D431 0000000000000000FFFF00000100007F:0947, 127.0.0.1, 127.0.0.1",
    "B80D0120000000000000000001000000:D431 00000000000000000000000001000000:0947, 2001:db8::1, ::1",
  })
  void anOrphansAddressesAreReadInAnyFamily(String addresses, String local, String remote)
      throws IOException {
    assumeLittleEndian();
    assertThat(TcpTable.orphan("   3: " + addresses + " 05 " + TAIL + "0 3 00000000ef77e6ea"))
        .contains(
            new TcpEnd(
                new InetSocketAddress(InetAddress.getByName(local), 54321),
                new InetSocketAddress(InetAddress.getByName(remote), 2375)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   3: 0100007F:D431 0100007F:0947 05 " + TAIL + "21401 1 00000000f9dd0e94 20 0 0 10 -1",
        "   3: 0100007F:D431 0100007F:0947 06 " + TAIL + "0 3 00000000ef77e6ea",
        "   3: 0100007F:D431 0100007F:0947 01 " + TAIL + "0 05 00000000ef77e6ea",
        "   3: 0100007F:D431 0100007F:0947 05 ",
      })
  void noOtherLineIsAboutAnOrphan(String line) throws IOException {
    assertThat(TcpTable.orphan(line)).isEmpty();
  }

  private static void assumeLittleEndian() {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the lines are of such a machine");
  }
}
