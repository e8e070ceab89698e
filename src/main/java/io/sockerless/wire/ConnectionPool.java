package io.sockerless.wire;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Idle connections to one server, newest first, so that a burst's surplus grows old and is dropped.
 */
public final class ConnectionPool {

  /** Opens a connection to the pool's server. */
  @FunctionalInterface
  public interface Dialer {
    /** Blocks until connected. */
    Transport connect() throws IOException;
  }

  private static final int MAX_IDLE = 64;

  private final Dialer dialer;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  /** A pool that opens with {@code dialer} what it has not. */
  public ConnectionPool(Dialer dialer) {
    this.dialer = dialer;
  }

  /** Opens a new connection, which may join the pool later by {@link #give}. */
  public Connection open() throws IOException {
    return new Connection(dialer.connect());
  }

  /** An idle connection, if there is one; it may have been closed by the server meanwhile. */
  Optional<Connection> take() {
    Connection connection = idle.pollFirst();
    if (connection != null) {
      idleCount.decrementAndGet();
    }
    return Optional.ofNullable(connection);
  }

  /**
   * Takes back a connection that stands between two exchanges. Bytes behind the last answer belong
   * to neither; the next one must not take them for its own.
   */
  void give(Connection connection) {
    if (connection.input().hasBuffered()) {
      connection.close();
    } else if (idleCount.incrementAndGet() > MAX_IDLE) {
      idleCount.decrementAndGet();
      connection.close();
    } else {
      connection.input().trim();
      idle.addFirst(connection);
    }
  }
}
