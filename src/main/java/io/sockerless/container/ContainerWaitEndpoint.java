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
import java.util.Optional;

/**
 * Tells when a container has exited, however long that takes: {@code {"StatusCode": N}} as a text
 * message, then the close. The query's {@code condition} is Docker's. Errors are those of {@link
 * WebSocketExchange}.
 *
 * @see Containers#waitFor
 */
@ServerEndpoint(
    value = "/internal/v1/containers/{id}/wait",
    configurator = WebSocketHandshake.class)
public class ContainerWaitEndpoint {

  private final Containers containers;
  private final InternalErrors errors;
  private volatile Optional<WebSocketExchange> exchange = Optional.empty();

  /** Finds the engine by itself: WebSocket makes its endpoints without constructor injection. */
  public ContainerWaitEndpoint() {
    this(CDI.current().select(Engine.class).get());
  }

  ContainerWaitEndpoint(Engine engine) {
    this.containers = engine.containers();
    this.errors = new InternalErrors(engine);
  }

  /** Waits, and answers. */
  @OnOpen
  public void open(Session session, @PathParam("id") String id) {
    Operation wait = errors.about(errors.container(id), call -> containers.waitFor(id, call));
    exchange = Optional.of(WebSocketExchange.start(session, call -> send(wait, call, session)));
  }

  private static void send(Operation wait, Call call, Session session) throws IOException {
    Answer exit = wait.run(call);
    session.getBasicRemote().sendText(ExitDocument.of(exit.document().asJsonObject()).toString());
  }

  /** Nobody waits any more. */
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
