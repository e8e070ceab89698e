package io.sockerless.console;

import io.sockerless.engine.Engine;
import io.sockerless.http.WebSocketExchange;
import io.sockerless.http.WebSocketHandshake;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A command in a container with a terminal, over one WebSocket: keys and output are binary
 * messages, {@code {"columns": 80, "rows": 24}} is a text from the page, {@code {"ExitCode": 0}}
 * the last one to it. The query has the command ({@code cmd}, once for each argument), the {@code
 * user}, and the first size ({@code columns}, {@code rows}). Errors are those of {@link
 * WebSocketExchange}.
 */
@ServerEndpoint(
    value = "/console/api/containers/{id}/terminal",
    configurator = WebSocketHandshake.class)
public class ConsoleTerminalEndpoint {

  private static final Logger LOG = System.getLogger(ConsoleTerminalEndpoint.class.getName());

  /** Whoever pastes more sends it in pieces. */
  private static final int MAX_MESSAGE = 64 * 1024;

  private final Engine engine;
  private volatile Optional<Connected> connected = Optional.empty();

  private record Connected(Terminal terminal, WebSocketExchange exchange) {}

  /** Finds the engine by itself: WebSocket makes its endpoints without constructor injection. */
  public ConsoleTerminalEndpoint() {
    this(CDI.current().select(Engine.class).get());
  }

  ConsoleTerminalEndpoint(Engine engine) {
    this.engine = engine;
  }

  /** Runs the command. */
  @OnOpen
  public void open(Session session, @PathParam("id") String id) {
    Terminal terminal = new Terminal(engine.execs(), id);
    WebSocketExchange exchange =
        WebSocketExchange.start(session, call -> terminal.run(call, new PageEndpoint(session)));
    connected = Optional.of(new Connected(terminal, exchange));
  }

  private record PageEndpoint(Session session) implements Terminal.Page {
    @Override
    public void show(byte[] bytes, int count) throws IOException {
      session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes, 0, count));
    }

    @Override
    public void tell(String document) throws IOException {
      session.getBasicRemote().sendText(document);
    }
  }

  /** Keys. */
  @OnMessage(maxMessageSize = MAX_MESSAGE)
  public void keys(byte[] keys) {
    connected.ifPresent(it -> it.terminal().type(keys));
  }

  /** The window has another size. */
  @OnMessage(maxMessageSize = MAX_MESSAGE)
  public void size(String document) {
    connected.ifPresent(it -> it.terminal().resize(document));
  }

  /** The page is gone. */
  @OnClose
  public void close() {
    connected.ifPresent(it -> it.exchange().cancel());
  }

  /** The connection broke. */
  @OnError
  public void fail(Throwable error) {
    LOG.log(Level.DEBUG, "terminal: {0}", error.getMessage());
    close();
  }
}
