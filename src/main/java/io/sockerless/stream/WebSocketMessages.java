package io.sockerless.stream;

import io.sockerless.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A WebSocket whose messages are for somebody here, over a connection that the edge has handed
 * over: what comes is decoded on the thread that reads it, what goes waits for a client that reads
 * slowly.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
public final class WebSocketMessages extends WebSocketHijack {

  private static final int CAPACITY = 256 * 1024;
  private static final int NORMAL_CLOSURE = 1000;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int NO_CODE = 1005;
  private static final int BROKEN = 1006;
  private static final int NOT_TEXT = 1007;
  private static final int TOO_BIG = 1009;

  private final int maxMessage;
  private final Receiver receiver;
  private final WebSocketDecoder decoder = new WebSocketDecoder(this::frame);
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final OutputStream input = new Input();
  private int kindOfParts = WebSocketDecoder.CONTINUATION;
  private volatile long heard = System.nanoTime();

  /** Gets what a client says; one call after the other. */
  public interface Receiver {
    /** A message of characters. */
    void text(String text);

    /** A message of bytes. */
    void binary(byte[] bytes);

    /**
     * The connection has ended; called once.
     *
     * @param code of a close, 1006 if there was none
     */
    void ended(int code, String reason);
  }

  private WebSocketMessages(Headers headers, int maxMessage, Receiver receiver) {
    super(headers, CAPACITY);
    this.maxMessage = maxMessage;
    this.receiver = receiver;
  }

  /**
   * Answers a handshake.
   *
   * @param request its fields
   * @param subprotocol of those that the client speaks; empty for none
   * @param maxMessage in bytes
   * @param idleSeconds after how long a silence the client counts as gone
   * @throws io.sockerless.engine.EngineException.InvalidParameter if it is no handshake
   */
  public static WebSocketMessages accept(
      Headers request, String subprotocol, int maxMessage, int idleSeconds, Receiver receiver) {
    Headers head = WebSocketStream.accepted(WebSocketStream.key(request));
    WebSocketMessages messages =
        new WebSocketMessages(
            subprotocol.isEmpty() ? head : head.and("Sec-WebSocket-Protocol", subprotocol),
            maxMessage,
            receiver);
    Thread.ofVirtual()
        .name("websocket idle")
        .start(() -> messages.watch(TimeUnit.SECONDS.toNanos(idleSeconds)));
    return messages;
  }

  private void watch(long patience) {
    try {
      long left = patience;
      while (left > 0 && !over.await(left, TimeUnit.NANOSECONDS)) {
        left = patience - (System.nanoTime() - heard);
      }
      if (left <= 0) {
        end(BROKEN, "nothing came for " + TimeUnit.NANOSECONDS.toSeconds(patience) + " seconds");
        close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends characters; blocks while the client does not read. */
  public void sendText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(WebSocketDecoder.TEXT, bytes, bytes.length);
  }

  /**
   * Sends a message of bytes in two parts, which nobody need join before; blocks while the client
   * does not read.
   */
  public void sendBinary(byte[] first, byte[] bytes, int offset, int length) throws IOException {
    byte[] head = WebSocketDecoder.head(WebSocketDecoder.BINARY, first, length);
    send(head, bytes, offset, length);
  }

  /**
   * Says why nothing follows; what was sent before still reaches the client. Does nothing for a
   * connection that has ended: the first reason is the one that the client gets.
   */
  public void close(int code, String reason) {
    end(code, reason, () -> say(code, reason));
  }

  private void say(int code, String reason) {
    byte[] closing = WebSocketDecoder.closing(code, reason);
    try (OutputStream frames = frames()) {
      frames.write(closing, 0, closing.length);
    } catch (IOException e) {
      // Nobody reads any more.
    }
  }

  private void end(int code, String reason) {
    end(code, reason, () -> {});
  }

  /** The last word is said before the receiver is told, which closes what it hears has ended. */
  private void end(int code, String reason, Runnable lastWord) {
    if (ended.compareAndSet(false, true)) {
      lastWord.run();
      over.countDown();
      receiver.ended(code, reason);
    }
  }

  private void frame(int kind, boolean last, byte[] payload) throws IOException {
    if (ended.get()) {
      return;
    }
    heard = System.nanoTime();
    switch (kind) {
      case WebSocketDecoder.PING -> send(WebSocketDecoder.PONG, payload, payload.length);
      case WebSocketDecoder.PONG -> {}
      case WebSocketDecoder.CLOSE -> closed(payload);
      case WebSocketDecoder.CONTINUATION, WebSocketDecoder.TEXT, WebSocketDecoder.BINARY ->
          data(kind, last, payload);
      default -> throw new WebSocketFault(PROTOCOL_ERROR, "a frame of kind " + kind);
    }
  }

  private void closed(byte[] payload) {
    int code = payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xffff;
    String reason =
        payload.length < 2
            ? ""
            : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    end(code, reason, () -> say(code == NO_CODE ? NORMAL_CLOSURE : code, ""));
  }

  private void data(int kind, boolean last, byte[] payload) throws IOException {
    boolean begins = kind != WebSocketDecoder.CONTINUATION;
    if (begins != (kindOfParts == WebSocketDecoder.CONTINUATION)) {
      throw new WebSocketFault(PROTOCOL_ERROR, "a message begins in another, or goes on in none");
    }
    if (begins && last) {
      deliver(kind, payload);
      return;
    }
    if (parts.size() + payload.length > maxMessage) {
      throw new WebSocketFault(TOO_BIG, "a message of more than " + maxMessage + " bytes");
    }
    kindOfParts = begins ? kind : kindOfParts;
    parts.writeBytes(payload);
    if (last) {
      byte[] whole = parts.toByteArray();
      int whose = kindOfParts;
      parts.reset();
      kindOfParts = WebSocketDecoder.CONTINUATION;
      deliver(whose, whole);
    }
  }

  private void deliver(int kind, byte[] message) throws WebSocketFault {
    if (message.length > maxMessage) {
      throw new WebSocketFault(TOO_BIG, "a message of " + message.length + " bytes");
    }
    if (kind == WebSocketDecoder.BINARY) {
      receiver.binary(message);
      return;
    }
    try {
      receiver.text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString());
    } catch (CharacterCodingException e) {
      throw new WebSocketFault(NOT_TEXT, "text that is not UTF-8");
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  /** The client says nothing more: without a close it is gone. */
  @Override
  public void closeInput() {
    end(BROKEN, "");
    try {
      frames().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    end(BROKEN, "");
    abandon();
  }

  /** What breaks the protocol is told to the client. */
  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        decoder.write(bytes, offset, length);
      } catch (WebSocketFault e) {
        WebSocketMessages.this.close(e.code(), String.valueOf(e.getMessage()));
        throw e;
      }
    }
  }
}
