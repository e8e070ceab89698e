package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.Query;
import io.sockerless.wire.Headers;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An operation whose answer goes to a WebSocket, on a thread of its own, so that it may block for
 * as long as the operation lasts or the client reads slowly. The socket is closed with 1000 at the
 * end. An error is sent as a text message, the same {@code {"message": …}} as over HTTP, and the
 * socket closed with 4000 plus the status that HTTP would have had: 4404 for a container that is
 * not there.
 */
public final class WebSocketExchange {

  private static final Logger LOG = System.getLogger(WebSocketExchange.class.getName());
  private static final int ERROR_CODES = 4000;
  private static final int MAX_REASON_BYTES = 123;

  private final Session session;
  private final Cancellation cancellation = new Cancellation();

  /** Runs the operation and sends what it answers. */
  @FunctionalInterface
  public interface Work {
    /** Blocks until all is sent. */
    void run(Call call) throws IOException;
  }

  private WebSocketExchange(Session session) {
    this.session = session;
  }

  /** Starts the work for a client that has just connected. */
  public static WebSocketExchange start(Session session, Work work) {
    WebSocketExchange exchange = new WebSocketExchange(session);
    Optional<InternalRequest> request = WebSocketHandshake.requestOf(session);
    Thread.ofVirtual()
        .name("websocket")
        .start(() -> {
          if (request.isPresent()) {
            request
                .get()
                .serve(() -> {
                  exchange.run(work);
                  return true;
                });
          } else {
            exchange.run(work);
          }
        });
    return exchange;
  }

  /** The client has left: what is held for it is released. */
  public void cancel() {
    cancellation.cancel();
  }

  private void run(Work work) {
    Query query = new Query(Optional.ofNullable(session.getQueryString()).orElse(""));
    Call call =
        new Call(
            Optional.empty(),
            query,
            Headers.empty(),
            Body.none(),
            cancellation,
            WebSocketHandshake.identityOf(session));
    try {
      work.run(call);
      close(CloseCodes.NORMAL_CLOSURE, "");
    } catch (IOException e) {
      broken(e);
    } catch (RuntimeException e) {
      if (!cancellation.isCancelled()) {
        refuse(e);
      }
    } finally {
      cancellation.cancel();
    }
  }

  /** Half an answer must not look like a whole one. */
  private void broken(IOException error) {
    LOG.log(Level.DEBUG, "websocket ended: {0}", error.getMessage());
    if (!cancellation.isCancelled()) {
      close(CloseCodes.UNEXPECTED_CONDITION, "the stream broke off");
    }
  }

  private void refuse(RuntimeException error) {
    Answer answer = Errors.answer(error);
    try {
      session.getBasicRemote().sendText(new String(answer.bytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "websocket ended: {0}", e.getMessage());
      return;
    }
    String reason = Optional.ofNullable(error.getMessage()).orElse("");
    close(CloseCodes.getCloseCode(ERROR_CODES + answer.status()), reason);
  }

  private void close(CloseReason.CloseCode code, String reason) {
    try {
      session.close(new CloseReason(code, cut(reason)));
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "websocket ended: {0}", e.getMessage());
    }
  }

  /** As much as a close frame holds (RFC 6455, 5.5.1), in whole characters. */
  private static String cut(String reason) {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_REASON_BYTES);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason), bytes, true);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }
}
