package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ChannelTransportTest {

  @TempDir private Path folder;

  /** Both ends of a connection; ours is the one under test. */
  private final class Pair implements AutoCloseable {
    private final SocketChannel peer;
    private final SocketChannel channel;
    private final ChannelTransport transport;
    private final Selector selector = Selector.open();

    Pair(StandardProtocolFamily family) throws IOException {
      SocketAddress address =
          family == StandardProtocolFamily.UNIX
              ? UnixDomainSocketAddress.of(Files.createTempDirectory(folder, "s").resolve("s"))
              : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (ServerSocketChannel listener = ServerSocketChannel.open(family).bind(address)) {
        peer = SocketChannel.open(family);
        peer.connect(listener.getLocalAddress());
        channel = listener.accept();
        transport = new ChannelTransport(channel);
      }
    }

    boolean isHungUp() throws IOException {
      return transport.isHungUp(selector);
    }

    int read() throws IOException {
      return transport.read(new byte[10], 0, 10);
    }

    void halfClosePeer() throws IOException {
      peer.shutdownOutput();
      assertThat(read()).isNegative();
    }

    @Override
    public void close() throws IOException {
      transport.close();
      peer.close();
      selector.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aPeerThatHasOnlyHalfClosedIsNotHungUpAndStillReads(StandardProtocolFamily family)
      throws IOException {
    try (Pair pair = new Pair(family)) {
      pair.halfClosePeer();
      assertThat(pair.isHungUp()).isFalse();
      pair.transport.write(new byte[3], 0, 3);
      assertThat(pair.peer.read(ByteBuffer.allocate(10))).isEqualTo(3);
      assertThat(pair.isHungUp()).isFalse();
    }
  }

  @Test
  void aUnixPeerThatHasClosedIsHungUp() throws IOException {
    try (Pair pair = new Pair(StandardProtocolFamily.UNIX)) {
      pair.halfClosePeer();
      pair.peer.close();
      assertThat(pair.isHungUp()).isTrue();
    }
  }

  @Test
  void aTcpPeerThatHasResetTheConnectionIsHungUp() throws IOException {
    try (Pair pair = new Pair(StandardProtocolFamily.INET)) {
      pair.halfClosePeer();
      pair.peer.setOption(StandardSocketOptions.SO_LINGER, 0);
      pair.peer.close();
      await().until(pair::isHungUp);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aLookNeitherWaitsForAReaderNorDisturbsIt(StandardProtocolFamily family) throws Exception {
    try (Pair pair = new Pair(family)) {
      CompletableFuture<Integer> count = new CompletableFuture<>();
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  count.complete(pair.read());
                } catch (IOException e) {
                  count.completeExceptionally(e);
                }
              });
      await().until(() -> isInSystemCall(reader));
      assertThat(pair.isHungUp()).isFalse();
      assertThat(pair.transport.isStale()).isFalse();
      pair.peer.write(ByteBuffer.allocate(2));
      assertThat(count.get()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void aLookNeitherWaitsForAWriterNorDisturbsIt(StandardProtocolFamily family) throws Exception {
    byte[] bytes = new byte[8_000_000];
    try (Pair pair = new Pair(family)) {
      pair.halfClosePeer();
      CompletableFuture<Void> written = new CompletableFuture<>();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  pair.transport.write(bytes, 0, bytes.length);
                  written.complete(null);
                } catch (IOException e) {
                  written.completeExceptionally(e);
                }
              });
      await().until(() -> isInSystemCall(writer));
      assertThat(pair.isHungUp()).isFalse();
      ByteBuffer read = ByteBuffer.allocate(bytes.length);
      while (read.hasRemaining()) {
        pair.peer.read(read);
      }
      written.get();
    }
  }

  private static boolean isInSystemCall(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  @ParameterizedTest
  @EnumSource(names = {"INET", "UNIX"})
  void readsAndWritesWaitAsEverAfterALook(StandardProtocolFamily family) throws IOException {
    try (Pair pair = new Pair(family)) {
      pair.isHungUp();
      Thread.ofVirtual()
          .start(() -> {
            try {
              assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
              pair.peer.write(ByteBuffer.allocate(4));
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(pair.read()).isEqualTo(4);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aChannelThatIsClosedDuringALookGivesItsDescriptorBack() throws Exception {
    try (Selector selector = Selector.open()) {
      Set<String> before = sockets();
      for (int i = 0; i < 300; i++) {
        Pair pair = new Pair(StandardProtocolFamily.UNIX);
        AtomicInteger looks = new AtomicInteger();
        Thread closing =
            Thread.ofPlatform()
                .start(() -> {
                  while (looks.get() == 0) {
                    Thread.onSpinWait();
                  }
                  pair.transport.close();
                });
        try {
          while (true) {
            pair.transport.isHungUp(selector);
            looks.incrementAndGet();
          }
        } catch (IOException e) {
          // Closed, as it should be.
        }
        closing.join();
        pair.close();
      }
      assertThat(sockets()).isSubsetOf(before);
    }
  }

  /**
   * The descriptors of sockets, each with what it is; whatever else the process opens is others'.
   */
  private static Set<String> sockets() throws IOException {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          String link = Files.readSymbolicLink(descriptor).toString();
          if (link.startsWith("socket:")) {
            sockets.add(descriptor.getFileName() + " " + link);
          }
        } catch (NoSuchFileException _) {
          // Closed meanwhile.
        }
      }
    }
    return sockets;
  }

  @Test
  void onlyATcpPeerIsToBeFoundInTheTableOfTcp() throws IOException {
    try (Pair tcp = new Pair(StandardProtocolFamily.INET);
        Pair unix = new Pair(StandardProtocolFamily.UNIX)) {
      assertThat(tcp.transport.localPeer())
          .contains(
              new TcpEnd(
                  (InetSocketAddress) tcp.peer.getLocalAddress(),
                  (InetSocketAddress) tcp.peer.getRemoteAddress()));
      assertThat(unix.transport.localPeer()).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theKernelAsksASilentTcpPeerWhetherItIsThereWithinMinutes() throws IOException {
    try (Pair pair = new Pair(StandardProtocolFamily.INET)) {
      assertThat(pair.channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(
              pair.channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)
                  + pair.channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)
                      * pair.channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT))
          .as("seconds")
          .isEqualTo(120);
    }
  }
}
