package io.sockerless.edge;

import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.TcpEnd;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the clients that have left where no read can tell, in particular from a stream that they
 * had half-closed: one that left and one that waits for output send the same, which is nothing. The
 * latter must not be cut, so this takes the kernel's word that a client is gone and no other: a
 * hang-up, or a socket that no process has open any more.
 *
 * <p>Only one thread uses it.
 */
final class Departures {

  private static final Logger LOG = System.getLogger(Departures.class.getName());

  /** A client's connection. */
  interface Client {
    /** Whether nobody would see the client leave. */
    boolean isUnwatched();

    /** Where to look for it. */
    ChannelTransport socket();

    /** Ends the connection and what it holds behind us. */
    void close();
  }

  /** The ends on this machine of TCP connections that no process has open any more. */
  @FunctionalInterface
  interface Orphans {
    Set<TcpEnd> read() throws IOException;
  }

  private final Orphans table;
  private Set<Client> noted = Set.of();
  private boolean saidWhyNot;

  Departures(Orphans table) {
    this.table = table;
  }

  /**
   * Takes note of whom to look for in the kernel's table. To read that costs milliseconds on a
   * large machine, so it is not done for those who have just come and will have what they wait for
   * at once, as {@code docker run} mostly does: to be called half-way between two looks.
   */
  void note(Collection<? extends Client> clients) {
    noted =
        clients.stream()
            .filter(client -> client.isUnwatched() && isLocal(client))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Closes what clients held that are gone. Costs nothing while every client is watched. */
  void find(Collection<? extends Client> clients) {
    try {
      List<? extends Client> unwatched = clients.stream().filter(Client::isUnwatched).toList();
      if (!unwatched.isEmpty()) {
        closeDeparted(unwatched);
      }
    } catch (IOException | RuntimeException e) {
      // Out of file descriptors, most likely: the next look may find some.
      LOG.log(Level.WARNING, "clients that left could not be looked for: {0}", e.toString());
    }
  }

  private void closeDeparted(List<? extends Client> unwatched) throws IOException {
    Set<TcpEnd> orphans = orphans(unwatched);
    try (Selector selector = Selector.open()) {
      for (Client client : unwatched) {
        if (hasLeft(client.socket(), selector, orphans)) {
          LOG.log(Level.DEBUG, "a client has left in silence");
          Thread.ofVirtual().name("left").start(client::close);
        }
      }
    }
  }

  private static boolean hasLeft(ChannelTransport socket, Selector selector, Set<TcpEnd> orphans) {
    try {
      return socket.isHungUp(selector)
          || (!orphans.isEmpty() && socket.localPeer().filter(orphans::contains).isPresent());
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  /** One reading of the kernel's table for all, and none if nobody was noted. */
  private Set<TcpEnd> orphans(List<? extends Client> unwatched) {
    if (unwatched.stream().noneMatch(noted::contains)) {
      return Set.of();
    }
    try {
      return table.read();
    } catch (IOException e) {
      if (!saidWhyNot) {
        saidWhyNot = true;
        LOG.log(
            Level.INFO,
            "TCP clients that leave in silence are found by keep-alive alone: {0}",
            e.toString());
      }
      return Set.of();
    }
  }

  private static boolean isLocal(Client client) {
    try {
      return client.socket().localPeer().isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
