package io.sockerless.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The receiving side of a connection: one buffer that heads are parsed from, bodies are read
 * through and a hijack takes over, so that a byte that came early is never lost between them.
 *
 * <p>One thread reads; {@link #watch} lets a second one wait for the peer to leave meanwhile.
 */
public final class Input extends InputStream {

  /**
   * A head, all in all, in bytes: {@code X-Registry-Config} with many registries is the largest
   * known.
   */
  public static final int MAX_HEAD = 256 * 1024;

  private static final int MAX_LINE = 1024;
  private static final int INITIAL = 4 * 1024;
  private static final int KEPT = 16 * 1024;
  private static final int LARGE = 64 * 1024;
  private static final byte[] NONE = new byte[0];

  /** Fewer bytes than these are a message by themselves, which nothing should hold up. */
  private static final int TRICKLE = 4 * 1024;

  /** Nanoseconds; Linux makes about 80 microseconds of them. */
  private static final long GATHERING = 30_000;

  private final Transport transport;
  private final ReentrantLock lock = new ReentrantLock();
  private byte[] buffer = NONE;
  private int position;
  private int limit;
  private boolean ended;

  /** Whether the peer, at the last read, was sending much in pieces of no good size. */
  private boolean trickling;

  Input(Transport transport) {
    this.transport = transport;
  }

  /** Blocks until a byte is there; false once the peer has ended its direction. */
  public boolean awaitData() throws IOException {
    lock.lock();
    try {
      trim();
      return position < limit || fill();
    } finally {
      lock.unlock();
    }
  }

  /** Whether bytes lie in the buffer that nobody has read. */
  public boolean hasBuffered() {
    lock.lock();
    try {
      return position < limit;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody reads at this moment, or waits for bytes to read. */
  public boolean isBeingRead() {
    return lock.isLocked();
  }

  /**
   * Whether all has been read, up to the peer's end of its direction. Never blocks: false while
   * somebody reads.
   */
  public boolean isAtEnd() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return ended && position == limit;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits on a thread of its own until the peer ends its direction or the connection breaks, then
   * runs {@code left}. Ends without a word when bytes arrive instead: they wait in the buffer for
   * the next reader, who is held off until then. Never blocks: where somebody reads already, it is
   * for them to see the end.
   */
  public void watch(Runnable left) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (position < limit) {
        return;
      }
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual()
        .name("watch")
        .start(() -> {
          boolean gone;
          try {
            gone = !awaitData();
          } catch (IOException e) {
            gone = true;
          }
          if (gone) {
            left.run();
          }
        });
  }

  /** Reads a request head. Call it once {@link #awaitData} has said that there is one. */
  public RequestHead readRequestHead() throws IOException {
    lock.lock();
    try {
      int end = findHeadEnd();
      RequestHead head = parser(end).request();
      consume(end);
      return head;
    } finally {
      lock.unlock();
    }
  }

  /** Reads a response head, interim ones included. */
  public ResponseHead readResponseHead() throws IOException {
    lock.lock();
    try {
      int end = findHeadEnd();
      ResponseHead head = parser(end).response();
      consume(end);
      return head;
    } finally {
      lock.unlock();
    }
  }

  /** Reads past the trailer fields of a chunked body; nobody in Docker's world sends any. */
  void skipTrailers() throws IOException {
    lock.lock();
    try {
      int end = findHeadEnd();
      parser(end).fields();
      consume(end);
    } finally {
      lock.unlock();
    }
  }

  /** Reads one short line, as those that carry a chunk's size, without its CRLF. */
  String readLine() throws IOException {
    lock.lock();
    try {
      LineScanner scanner = new LineScanner(MAX_LINE, 400);
      int length = scanner.nextLine(buffer, position, limit);
      while (length < 0) {
        more();
        length = scanner.nextLine(buffer, position, limit);
      }
      String line = new String(buffer, position, length - 2, StandardCharsets.ISO_8859_1);
      consume(position + length);
      return line;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      if (position < limit) {
        return take(bytes, offset, length);
      }
      if (length < buffer.length) {
        // More than was asked for may have come, such as the end of a chunk: it costs no second
        // call.
        return fill() ? take(bytes, offset, length) : -1;
      }
      if (ended) {
        return -1;
      }
      return receive(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int offset, int length) {
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, bytes, offset, count);
    consume(position + count);
    return count;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return limit - position;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the buffer back while nothing lies in it: an idle stream should hold as little as it can.
   * Never blocks: where a {@link #watch} waits for bytes, the buffer is in use.
   */
  public void release() {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (position == limit) {
        buffer = NONE;
        position = 0;
        limit = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a buffer back that a large message made grow; what small ones need is kept. Whatever
   * comes next begins anew.
   */
  void trim() {
    trickling = false;
    if (buffer.length > KEPT) {
      release();
    }
  }

  private HeadParser parser(int end) {
    return new HeadParser(buffer, position, end);
  }

  /** The index behind the blank line that ends the head; reads on until it is there. */
  private int findHeadEnd() throws IOException {
    LineScanner scanner = new LineScanner(MAX_HEAD, 431);
    int length = scanner.head(buffer, position, limit);
    while (length < 0) {
      more();
      length = scanner.head(buffer, position, limit);
    }
    return position + length;
  }

  private void more() throws IOException {
    if (!fill()) {
      throw new EOFException("the connection ended inside a message");
    }
  }

  /**
   * Reads at least one byte behind {@link #limit}, making room first; false at the end. Under the
   * lock.
   */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (position == limit) {
      boolean wasFull = limit > 0 && limit == buffer.length;
      position = 0;
      limit = 0;
      if (wasFull && buffer.length < LARGE) {
        buffer = new byte[buffer.length * 4];
      }
    }
    if (limit == buffer.length) {
      byte[] target = position > 0 ? buffer : new byte[Math.max(INITIAL, buffer.length * 2)];
      System.arraycopy(buffer, position, target, 0, limit - position);
      buffer = target;
      limit -= position;
      position = 0;
    }
    int count = receive(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count >= 0;
  }

  /**
   * Reads what is there, and gives a busy peer that is behind us a moment to have more there. Taken
   * at once, its next piece would be a small one again, and each costs the sender, us and whoever
   * we pass it on to a wake-up.
   */
  private int receive(byte[] bytes, int offset, int length) throws IOException {
    if (trickling) {
      LockSupport.parkNanos(GATHERING);
    }
    int count = transport.read(bytes, offset, length);
    trickling = length >= LARGE && count >= TRICKLE && count < LARGE / 2;
    ended = count < 0;
    return count;
  }

  private void consume(int to) {
    position = to;
  }
}
