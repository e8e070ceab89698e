package io.sockerless.agent.websocket;

import java.io.IOException;

/** What a {@link WebSocketServer} does about a request. */
public sealed interface Decision {

  /**
   * Opens the WebSocket that was asked for. A request that asked for none is answered 400, or 426.
   *
   * @param subprotocol one that the client speaks; empty for none
   * @param session what is done with it
   */
  record Accept(String subprotocol, Session session) implements Decision {}

  /** Answers plainly, and closes. */
  record Answer(int status, String contentType, String body) implements Decision {}

  /** Runs on the connection's thread, and the connection ends with it. */
  @FunctionalInterface
  interface Session {
    /** Receives, until there is nothing more to come. */
    void run(WebSocket socket) throws IOException;
  }
}
