package io.sockerless.agent.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open WebSocket over a blocking socket, either end of it: many threads send, one receives.
 * Messages are sent whole, in the order of the calls, and a call returns when the system has taken
 * the bytes, so that a slow peer holds up its senders.
 *
 * <p>An interrupt of a virtual thread that sends or receives closes the connection, as it does for
 * all sockets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
public final class WebSocket implements AutoCloseable {

  /** How long a peer may take to read our close, and to end its own direction. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private static final byte[] NOTHING = new byte[0];

  private final Connection connection;
  private final String subprotocol;
  private final Limits limits;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final MessageReader messages;

  /** Fair, so that whoever sends much and always does not starve those who send little. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicReference<Optional<byte[]>> owedPong =
      new AtomicReference<>(Optional.empty());
  private volatile boolean closeSent;
  private volatile Optional<CloseReason> peersClose = Optional.empty();

  WebSocket(Connection connection, Role role, String subprotocol, Limits limits)
      throws IOException {
    this.connection = connection;
    this.subprotocol = subprotocol;
    this.limits = limits;
    this.reader = new FrameReader(connection.input(), role);
    this.writer = new FrameWriter(connection.output(), role);
    this.messages = new MessageReader(limits.message());
    connection.failReadsAfter(limits.idle());
  }

  /** What both ends have agreed to speak; empty if nothing. */
  public String subprotocol() {
    return subprotocol;
  }

  /**
   * Sends characters.
   *
   * @throws IOException if the connection breaks, or a close was sent before
   */
  public void sendText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(Opcode.TEXT, NOTHING, bytes, 0, bytes.length);
  }

  /**
   * Sends bytes, which are the caller's again on return.
   *
   * @throws IOException if the connection breaks, or a close was sent before
   */
  public void sendBinary(byte[] bytes, int offset, int length) throws IOException {
    send(Opcode.BINARY, NOTHING, bytes, offset, length);
  }

  /**
   * The same for a message in two parts, of which the first one is a few bytes: nobody need join
   * them before.
   *
   * @throws IOException if the connection breaks, or a close was sent before
   */
  public void sendBinary(byte[] first, byte[] bytes, int offset, int length) throws IOException {
    send(Opcode.BINARY, first, bytes, offset, length);
  }

  /**
   * Makes the peer say that it is there, which counts as something received.
   *
   * @throws IOException if the connection breaks, or a close was sent before
   */
  public void ping() throws IOException {
    send(Opcode.PING, NOTHING, NOTHING, 0, 0);
  }

  private void send(Opcode opcode, byte[] first, byte[] bytes, int offset, int length)
      throws IOException {
    writing.lock();
    try {
      if (closeSent) {
        throw new IOException("the WebSocket is closed");
      }
      write(opcode, first, bytes, offset, length);
    } finally {
      writing.unlock();
    }
  }

  /** Under the lock. What was written in part leaves nothing that could follow it. */
  private void write(Opcode opcode, byte[] first, byte[] bytes, int offset, int length)
      throws IOException {
    try {
      writer.write(opcode, first, bytes, offset, length);
    } catch (IOException e) {
      abort();
      throw e;
    }
  }

  /**
   * Blocks for the next message, and answers pings and closes meanwhile. For one thread at a time.
   *
   * @return empty once the connection was closed in order, by either end
   * @throws SocketTimeoutException if nothing came for the time that the limits allow
   * @throws IOException if the connection breaks, or the peer breaks the protocol, which it is told
   *     by a close
   */
  public Optional<Message> receive() throws IOException {
    reading.lock();
    try {
      return next();
    } catch (ProtocolFault fault) {
      close(fault.code(), fault.reason());
      connection.finish();
      throw fault;
    } catch (SocketTimeoutException e) {
      abort();
      throw new SocketTimeoutException("nothing came for " + limits.idle().toMillis() + " ms");
    } catch (IOException e) {
      abort();
      if (closeSent) {
        return Optional.empty();
      }
      throw e;
    } finally {
      reading.unlock();
    }
  }

  private Optional<Message> next() throws IOException {
    while (peersClose.isEmpty()) {
      Frame frame = reader.read(messages.remaining());
      switch (frame.opcode()) {
        case PING -> owePong(frame.payload());
        case PONG -> {}
        case CLOSE -> takeClose(CloseReason.parse(frame.payload()));
        case CONTINUATION, TEXT, BINARY -> {
          Optional<Message> message = messages.add(frame);
          if (message.isPresent()) {
            return message;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Has a pong sent by a thread of its own: a reader that waited for a peer to read, while that one
   * waits for the same, would wait for ever. Of many pings the last one alone need be answered.
   */
  private void owePong(byte[] payload) {
    if (owedPong.getAndSet(Optional.of(payload)).isEmpty()) {
      Thread.ofVirtual().name("websocket pong").start(this::sendPong);
    }
  }

  private void sendPong() {
    writing.lock();
    try {
      byte[] payload = owedPong.getAndSet(Optional.empty()).orElse(NOTHING);
      if (!closeSent) {
        write(Opcode.PONG, NOTHING, payload, 0, payload.length);
      }
    } catch (IOException e) {
      // The reader sees that the connection broke.
    } finally {
      writing.unlock();
    }
  }

  private void takeClose(CloseReason reason) {
    peersClose = Optional.of(reason);
    close(reason.code(), "");
    connection.finish();
  }

  /** Why the peer closed; empty as long as it has not. */
  public Optional<CloseReason> closeReason() {
    return peersClose;
  }

  /**
   * Says that no message follows, and why. Those that the peer has sent can still be received until
   * it answers in kind, for which it has three seconds. Does nothing after the first time, and
   * nothing for a connection that has broken.
   *
   * @param code see {@link CloseReason}
   * @param reason for people; cut to what fits, 123 bytes
   * @throws IllegalArgumentException for a code that no close may have
   */
  public void close(int code, String reason) {
    byte[] payload = new CloseReason(code, reason).payload();
    if (closing.compareAndSet(false, true)) {
      // Not to be met: by then all is over, or has to be.
      connection.endAfter(CLOSING);
    }
    writing.lock();
    try {
      if (!closeSent) {
        closeSent = true;
        write(Opcode.CLOSE, NOTHING, payload, 0, payload.length);
      }
    } catch (IOException e) {
      // There is nobody left to be told.
    } finally {
      writing.unlock();
    }
  }

  /**
   * Closes in order, as {@link #close(int, String)} does, and lets go of the socket: what the peer
   * still sends is not received by anybody who does not wait for it already.
   */
  @Override
  public void close() {
    close(CloseReason.NORMAL, "");
    if (reading.tryLock()) {
      try {
        connection.finish();
      } finally {
        reading.unlock();
      }
    }
  }

  /** Breaks the connection off, whatever is under way. */
  public void abort() {
    connection.cut();
  }
}
