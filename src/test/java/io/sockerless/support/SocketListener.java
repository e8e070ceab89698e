package io.sockerless.support;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Gathers what a WebSocket sends, until it closes. */
public final class SocketListener implements WebSocket.Listener {

  /** How a WebSocket ended. */
  public record Close(int code, String reason) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringBuffer text = new StringBuffer();
  private final CompletableFuture<Close> closed = new CompletableFuture<>();
  private final boolean reading;

  /** Reads as fast as it can. */
  public SocketListener() {
    this(true);
  }

  private SocketListener(boolean reading) {
    this.reading = reading;
  }

  /** Takes nothing until the test asks for it by {@link WebSocket#request}. */
  public static SocketListener thatWaits() {
    return new SocketListener(false);
  }

  @Override
  public void onOpen(WebSocket socket) {
    if (reading) {
      socket.request(1);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] piece = new byte[data.remaining()];
    data.get(piece);
    synchronized (bytes) {
      bytes.writeBytes(piece);
    }
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(new Close(code, reason));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** All text so far. */
  public String text() {
    return text.toString();
  }

  /** All bytes so far. */
  public byte[] bytes() {
    synchronized (bytes) {
      return bytes.toByteArray();
    }
  }

  /** Blocks until the other side has closed. */
  public Close closed() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  /** Whether the other side has closed. */
  public boolean isClosed() {
    return closed.isDone();
  }
}
