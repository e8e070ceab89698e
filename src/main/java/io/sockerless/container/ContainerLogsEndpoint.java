package io.sockerless.container;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.Operation;
import io.sockerless.http.WebSocketExchange;
import io.sockerless.http.WebSocketHandshake;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a container wrote, and writes with {@code follow}, as binary messages: the bytes of Docker's
 * stream (multiplexed, raw for a TTY) in pieces as they come, which are not its frames; the close
 * follows the last one. The query is Docker's. A client that reads slowly holds up its own stream
 * alone. Errors are those of {@link WebSocketExchange}.
 *
 * @see Containers#logs
 */
@ServerEndpoint(
    value = "/internal/v1/containers/{id}/logs/stream",
    configurator = WebSocketHandshake.class)
public class ContainerLogsEndpoint {

  private static final int PIECE = 32 * 1024;

  private final Containers containers;
  private final InternalErrors errors;
  private volatile Optional<WebSocketExchange> exchange = Optional.empty();

  /** Finds the engine by itself: WebSocket makes its endpoints without constructor injection. */
  public ContainerLogsEndpoint() {
    this(CDI.current().select(Engine.class).get());
  }

  ContainerLogsEndpoint(Engine engine) {
    this.containers = engine.containers();
    this.errors = new InternalErrors(engine);
  }

  /** Sends the stream. */
  @OnOpen
  public void open(Session session, @PathParam("id") String id) {
    Operation logs = errors.about(errors.container(id), call -> containers.logs(id, call));
    exchange = Optional.of(WebSocketExchange.start(session, call -> send(logs, call, session)));
  }

  private static void send(Operation logs, Call call, Session session) throws IOException {
    try (Answer answer = logs.run(call)) {
      InputStream stream = answer.body();
      byte[] piece = new byte[PIECE];
      int count;
      while ((count = stream.read(piece, 0, piece.length)) >= 0) {
        session.getBasicRemote().sendBinary(ByteBuffer.wrap(Arrays.copyOf(piece, count)));
      }
    }
  }

  /** Nobody reads any more. */
  @OnClose
  public void close() {
    exchange.ifPresent(WebSocketExchange::cancel);
  }

  /** The connection broke. */
  @OnError
  public void fail(Throwable error) {
    close();
  }
}
