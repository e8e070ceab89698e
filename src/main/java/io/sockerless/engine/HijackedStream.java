package io.sockerless.engine;

import io.sockerless.wire.Headers;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Both directions of an operation that takes over its connection (attach, exec start, BuildKit's
 * session): the head that the client gets, then bytes either way, each direction ended by itself.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerAttach">Hijacking</a>
 */
public interface HijackedStream extends Closeable {

  /** 101 where the client asked for an upgrade, else 200. */
  int status();

  /** The reason phrase; Docker's is {@code UPGRADED}. */
  String reason();

  /**
   * The head's fields as the client is to see them, {@code Connection} and {@code Upgrade}
   * included.
   */
  Headers headers();

  /** What the other side sends; its end is the end of the operation. */
  InputStream output();

  /** What the client sends, unbuffered. */
  OutputStream input();

  /** The client has ended its direction: the end of standard input. Output goes on. */
  void closeInput() throws IOException;

  /** Gives the reading buffer back; call it when the stream may lie idle for long. */
  default void idle() {}

  /** Ends both directions and wakes whoever is blocked on them. */
  @Override
  void close();
}
