package io.sockerless.agent;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Where the agents of containers call that come to the server's own port; the edge has {@link
 * AgentUpgrade}. Who may come has been decided before, by {@link AgentAdmissionFilter}; here the
 * container's agent and the server go on with what they have with each other.
 */
@ServerEndpoint(
    value = AgentUpgrade.PATH,
    subprotocols = {MessageCodec.BINARY_SUBPROTOCOL, MessageCodec.SUBPROTOCOL})
public class AgentEndpoint {

  private static final Logger LOG = System.getLogger(AgentEndpoint.class.getName());
  private static final int IDLE_MILLIS = AgentUpgrade.IDLE_SECONDS * 1000;

  private final AgentRegistry agents;
  private volatile Optional<AgentConversation> conversation = Optional.empty();

  /** Finds the registry by itself: WebSocket makes its endpoints without constructor injection. */
  public AgentEndpoint() {
    this.agents = CDI.current().select(AgentRegistry.class).get();
  }

  /** One connection of an agent that may come. */
  private record ConnectedEndpoint(Session session, String container, boolean binary)
      implements AgentConversation.AgentSocket {

    @Override
    public void send(Message message) throws IOException {
      try {
        Optional<byte[]> bytes = binary ? MessageCodec.binary(message) : Optional.empty();
        if (bytes.isPresent()) {
          session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes.get()));
        } else {
          session.getBasicRemote().sendText(MessageCodec.text(message));
        }
      } catch (IllegalStateException e) {
        throw new IOException("the connection is closed", e);
      }
    }

    @Override
    public void close(int code, String reason) {
      try {
        session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
      } catch (IOException | IllegalStateException e) {
        LOG.log(Level.DEBUG, "container {0}: {1}", container, e.getMessage());
      }
    }
  }

  /** An agent has come. */
  @OnOpen
  public void open(Session session) {
    session.setMaxIdleTimeout(IDLE_MILLIS);
    session.setMaxTextMessageBufferSize(MessageCodec.MAX_MESSAGE);
    session.setMaxBinaryMessageBufferSize(MessageCodec.MAX_MESSAGE);
    String container = session.getRequestParameterMap().getOrDefault("id", List.of("")).getFirst();
    boolean binary = MessageCodec.BINARY_SUBPROTOCOL.equals(session.getNegotiatedSubprotocol());
    conversation =
        agents
            .ofPresent(container)
            .map(agent ->
                new AgentConversation(
                    container, agent, new ConnectedEndpoint(session, container, binary)));
  }

  /** It says something in JSON. */
  @OnMessage(maxMessageSize = MessageCodec.MAX_MESSAGE)
  public void text(String text) {
    conversation.ifPresent(it -> it.text(text));
  }

  /** It sends data in binary. */
  @OnMessage(maxMessageSize = MessageCodec.MAX_MESSAGE)
  public void binary(byte[] bytes) {
    conversation.ifPresent(it -> it.binary(bytes));
  }

  /** It has gone, or will call again. */
  @OnClose
  public void close(CloseReason reason) {
    conversation.ifPresent(
        it -> it.ended(reason.getCloseCode().getCode(), reason.getReasonPhrase()));
  }

  /** The connection broke. */
  @OnError
  public void fail(Throwable error) {
    LOG.log(Level.DEBUG, "agent: {0}", error.getMessage());
    conversation.ifPresent(it -> it.ended(CloseCodes.CLOSED_ABNORMALLY.getCode(), ""));
  }
}
