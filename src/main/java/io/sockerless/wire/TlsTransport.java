package io.sockerless.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over a socket, with both directions ended each by itself in TLS 1.2 as in 1.3. The peer's
 * {@code close_notify} is the end of its direction and of no more; a socket that ends without one
 * is an error, because somebody may have cut off the rest (RFC 8446, 6.1).
 *
 * <p>It drives an {@link SSLEngine} and not the JDK's {@code SSLSocket}: that one, and the engine
 * if it is shown the alert, answers a {@code close_notify} of TLS 1.2 by ending its own direction
 * as well, as RFC 5246, 7.2.1 has it, and takes the output of a command with it.
 */
public final class TlsTransport implements Transport {

  private static final byte ALERT = 21;
  private static final byte DATA = 23;
  private static final int RECORD_HEADER = 5;
  private static final int SMALL = 2 * 1024;
  private static final int LARGE = 64 * 1024;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Transport socket;
  private final SSLEngine engine;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();

  /** What came and is still encrypted, to be read from its position on. */
  private ByteBuffer received = NONE;

  /** What is decrypted and did not fit where it was to go. */
  private ByteBuffer decrypted = NONE;

  private boolean established;
  private boolean endsByAnyAlert;
  private boolean ended;

  /** Takes over a connected socket; nothing is sent or read before {@link #handshake}. */
  public TlsTransport(Transport socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
  }

  /**
   * Agrees with the peer on keys, and on who it is. Blocks for as long as the peer takes.
   *
   * @throws PlainTextException if the peer does not speak TLS but HTTP
   * @throws IOException if there is no agreement; the peer has been told why by an alert
   */
  public void handshake() throws IOException {
    reading.lock();
    try {
      if (!engine.getUseClientMode()) {
        refusePlainText();
      }
      engine.beginHandshake();
      shakeHands();
      established = true;
      endsByAnyAlert = !engine.getSession().getProtocol().equals("TLSv1.3");
    } catch (SSLException e) {
      sayWhy(e);
      throw e;
    } finally {
      reading.unlock();
    }
  }

  /** Who the peer is, and what was agreed on. */
  public SSLSession session() {
    return engine.getSession();
  }

  private void refusePlainText() throws IOException {
    fill();
    byte first = received.get(received.position());
    if (first >= 'A' && first <= 'Z') {
      throw new PlainTextException();
    }
  }

  private void shakeHands() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> send();
        case NEED_TASK -> runTasks();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (decrypt(NONE) == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            fill();
          }
          if (ended) {
            throw new EOFException("the peer gave up the handshake");
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Sends the alert that a failure left in the engine. */
  private void sayWhy(SSLException failure) {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && send() > 0) {
        // The alert is the last of what there is.
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
    reading.lock();
    try {
      while (true) {
        take(target);
        decryptAll(target);
        int count = target.position() - offset;
        if (count > 0 || length == 0) {
          return count;
        }
        if (ended) {
          return -1;
        }
        fill();
      }
    } finally {
      reading.unlock();
    }
  }

  private void take(ByteBuffer target) {
    int count = Math.min(target.remaining(), decrypted.remaining());
    target.put(decrypted.slice(decrypted.position(), count));
    decrypted.position(decrypted.position() + count);
    if (!decrypted.hasRemaining()) {
      decrypted = NONE;
    }
  }

  /** Decrypts whole records for as long as they are there and fit. */
  private void decryptAll(ByteBuffer target) throws IOException {
    while (target.hasRemaining()
        && received.hasRemaining()
        && !ended
        && decrypt(target) == SSLEngineResult.Status.OK) {
      take(target);
    }
  }

  private SSLEngineResult.Status decrypt(ByteBuffer target) throws IOException {
    if (endsHere()) {
      ended = true;
      return SSLEngineResult.Status.CLOSED;
    }
    SSLEngineResult result = engine.unwrap(received, target);
    switch (result.getStatus()) {
      case CLOSED -> ended = true;
      case OK -> {
        if (established) {
          answer(result.getHandshakeStatus());
        }
      }
      case BUFFER_OVERFLOW -> {
        return decryptApart();
      }
      case BUFFER_UNDERFLOW -> {}
    }
    return result.getStatus();
  }

  /**
   * Decrypts a record that may be larger than what is left where it is to go; that is told of one
   * that has not come whole, too.
   */
  private SSLEngineResult.Status decryptApart() throws IOException {
    if (received.remaining() < recordLength()) {
      return SSLEngineResult.Status.BUFFER_UNDERFLOW;
    }
    ByteBuffer apart = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult.Status status = engine.unwrap(received, apart).getStatus();
    decrypted = apart.flip();
    ended = status == SSLEngineResult.Status.CLOSED;
    return status;
  }

  /**
   * Whether the next record of TLS 1.2 is the peer's last word, which its type tells before it is
   * decrypted. What else is no data would negotiate anew, which nobody needs and few do safely.
   */
  private boolean endsHere() throws SSLException {
    if (!established || !endsByAnyAlert || !received.hasRemaining()) {
      return false;
    }
    byte type = received.get(received.position());
    if (type != DATA && type != ALERT) {
      throw new SSLException("record of type " + type + " after the handshake");
    }
    return type == ALERT;
  }

  /** TLS 1.3 lets a peer ask for new keys at any time. */
  private void answer(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> {
        runTasks();
        answer(engine.getHandshakeStatus());
      }
      case NEED_WRAP -> send();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {}
    }
  }

  /** Reads more behind what has come. */
  private void fill() throws IOException {
    makeRoom();
    int count =
        socket.read(received.array(), received.limit(), received.capacity() - received.limit());
    if (count < 0) {
      throw new EOFException("the connection ended without a close_notify");
    }
    received.limit(received.limit() + count);
  }

  /** In a buffer that grows with the traffic and is small for an idle connection. */
  private void makeRoom() {
    int capacity = received.capacity();
    boolean full = received.limit() == capacity;
    int size = full ? Math.clamp(capacity * 4L, SMALL, LARGE) : capacity;
    size = Math.max(size, recordLength());
    if (size > capacity) {
      received = ByteBuffer.allocate(size).put(received).flip();
    } else if (full || !received.hasRemaining()) {
      received.compact().flip();
    }
  }

  /** The next record, header included, as far as its length has come. */
  private int recordLength() {
    int start = received.position();
    return received.remaining() < RECORD_HEADER
        ? RECORD_HEADER
        : RECORD_HEADER + (received.getShort(start + RECORD_HEADER - 2) & 0xffff);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    writing.lock();
    try {
      while (source.hasRemaining()) {
        if (send(source) == 0) {
          throw new SSLException("our direction has ended");
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** Sends what the engine itself has to say; answers how many bytes that was. */
  private int send() throws IOException {
    writing.lock();
    try {
      return send(NONE);
    } finally {
      writing.unlock();
    }
  }

  /** Encrypts as much as makes one write of a good size, and writes it. */
  private int send(ByteBuffer source) throws IOException {
    ByteBuffer records = TlsBuffers.take(engine.getSession().getPacketBufferSize());
    try {
      SSLEngineResult result;
      do {
        result = engine.wrap(source, records);
      } while (source.hasRemaining()
          && result.getStatus() == SSLEngineResult.Status.OK
          && result.bytesProduced() > 0);
      if (records.position() > 0) {
        socket.write(records.array(), records.arrayOffset(), records.position());
      }
      return records.position();
    } finally {
      TlsBuffers.give(records);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    writing.lock();
    try {
      engine.closeOutbound();
      while (!engine.isOutboundDone() && send(NONE) > 0) {
        // A close_notify, and before it whatever the engine had to say.
      }
    } finally {
      writing.unlock();
    }
    socket.shutdownOutput();
  }

  @Override
  public boolean isStale() {
    return received.hasRemaining() || decrypted.hasRemaining() || socket.isStale();
  }

  @Override
  public void close() {
    socket.close();
  }
}
