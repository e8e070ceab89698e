package io.sockerless.wire;

import java.io.Closeable;
import java.io.IOException;

/**
 * A connected socket of any family, plain or TLS: the least that HTTP and hijacked streams need of
 * one.
 */
public interface Transport extends Closeable {

  /** Blocks for at least one byte; -1 once the peer has ended its direction. */
  int read(byte[] bytes, int offset, int length) throws IOException;

  /** Blocks until every byte is handed to the system. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Ends our direction (a half-close), while the other stays open. */
  void shutdownOutput() throws IOException;

  /**
   * Whether the peer has closed, or sent what nobody asked for, while the connection lay idle;
   * never blocks.
   */
  boolean isStale();

  /**
   * Closes both directions and wakes whoever is blocked on either. Never throws: there is nobody to
   * tell.
   */
  @Override
  void close();
}
