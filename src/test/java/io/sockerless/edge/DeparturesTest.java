package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.TcpEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DeparturesTest {

  @TempDir private Path folder;

  private final List<Client> clients = new ArrayList<>();
  private final Set<TcpEnd> orphans = new HashSet<>();
  private int readings;
  private final Departures departures =
      new Departures(() -> {
        readings++;
        return orphans;
      });

  @AfterEach
  void stop() throws IOException {
    for (Client client : clients) {
      client.peer.close();
      client.socket.close();
    }
  }

  /** A connection that is there, and a client of it that a test has leave. */
  private final class Client implements Departures.Client {
    private final SocketChannel peer;
    private final ChannelTransport socket;
    private boolean unwatched = true;
    private volatile boolean closed;

    Client(StandardProtocolFamily family) throws IOException {
      SocketAddress address =
          family == StandardProtocolFamily.UNIX
              ? UnixDomainSocketAddress.of(Files.createTempDirectory(folder, "s").resolve("s"))
              : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (ServerSocketChannel listener = ServerSocketChannel.open(family).bind(address)) {
        peer = SocketChannel.open(family);
        peer.connect(listener.getLocalAddress());
        socket = new ChannelTransport(listener.accept());
      }
      clients.add(this);
    }

    @Override
    public boolean isUnwatched() {
      return unwatched;
    }

    @Override
    public ChannelTransport socket() {
      return socket;
    }

    @Override
    public void close() {
      closed = true;
    }

    TcpEnd end() throws IOException {
      return socket.localPeer().orElseThrow();
    }
  }

  private Client tcp() throws IOException {
    return new Client(StandardProtocolFamily.INET);
  }

  private Client unix() throws IOException {
    return new Client(StandardProtocolFamily.UNIX);
  }

  @Test
  void oneReadingOfTheTableServesAllClients() throws IOException {
    Client living = tcp();
    Client left = tcp();
    Client leftToo = tcp();
    orphans.add(left.end());
    orphans.add(leftToo.end());
    departures.note(clients);
    departures.find(clients);
    await().until(() -> left.closed && leftToo.closed);
    assertThat(living.closed).isFalse();
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void theTableIsNotReadForClientsThatAreWatched() throws IOException {
    Client watched = tcp();
    watched.unwatched = false;
    orphans.add(watched.end());
    departures.note(clients);
    departures.find(clients);
    assertThat(readings).isZero();
    assertThat(watched.closed).isFalse();
  }

  @Test
  void theTableIsNotReadForWhoHasJustComeUntilTheNextLook() throws IOException {
    Client left = tcp();
    orphans.add(left.end());
    departures.find(clients);
    assertThat(readings).isZero();
    departures.note(clients);
    departures.find(clients);
    await().until(() -> left.closed);
  }

  @Test
  void theTableIsNotReadForUnixClientsWhoseHangUpShows() throws IOException {
    Client living = unix();
    Client left = unix();
    left.peer.close();
    departures.note(clients);
    departures.find(clients);
    await().until(() -> left.closed);
    assertThat(living.closed).isFalse();
    assertThat(readings).isZero();
  }

  @Test
  void aClientWhoseConnectionIsBeingClosedKeepsNoOtherFromBeingFound() throws IOException {
    Client closing = unix();
    Client left = unix();
    closing.socket.close();
    left.peer.close();
    departures.find(clients);
    await().until(() -> left.closed);
    assertThat(closing.closed).isFalse();
  }

  @Test
  void whereThereIsNoTableNobodyIsCutForItAndItIsSaidOnce() throws IOException {
    Departures blind =
        new Departures(() -> {
          throw new NoSuchFileException("/proc/net/tcp");
        });
    Client living = tcp();
    Client left = unix();
    left.peer.close();
    List<String> said = new ArrayList<>();
    Handler handler = collect(said);
    Logger logger = Logger.getLogger(Departures.class.getName());
    logger.addHandler(handler);
    try {
      blind.note(clients);
      blind.find(clients);
      blind.find(clients);
    } finally {
      logger.removeHandler(handler);
    }
    await().until(() -> left.closed);
    assertThat(living.closed).isFalse();
    assertThat(said).singleElement().asString().contains("keep-alive");
  }

  private static Handler collect(List<String> messages) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        messages.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
