package io.sockerless.agent;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.agent.protocol.ProtocolFault;
import io.sockerless.agent.protocol.Wire;
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
import java.util.Set;

/**
 * Where the agents of containers call. Who may come has been decided before, by {@link
 * AgentAdmissionFilter}; here the container's agent and the server go on with what they have with
 * each other.
 */
@ServerEndpoint(
    value = AgentAdmissionFilter.PATH,
    subprotocols = {MessageCodec.BINARY_SUBPROTOCOL, MessageCodec.SUBPROTOCOL})
public class AgentEndpoint {

  private static final Logger LOG = System.getLogger(AgentEndpoint.class.getName());
  private static final int IDLE_MILLIS = 45_000;
  private static final CloseReason.CloseCode CONFLICT = CloseCodes.getCloseCode(4409);

  /** What an agent does not do that is one. */
  private static final Set<Integer> FAULTS =
      Set.of(
          CloseCodes.PROTOCOL_ERROR.getCode(),
          CloseCodes.CANNOT_ACCEPT.getCode(),
          CloseCodes.NOT_CONSISTENT.getCode(),
          CloseCodes.TOO_BIG.getCode());

  private final AgentRegistry agents;
  private volatile Optional<ConnectedEndpoint> connection = Optional.empty();

  /** Finds the registry by itself: WebSocket makes its endpoints without constructor injection. */
  public AgentEndpoint() {
    this.agents = CDI.current().select(AgentRegistry.class).get();
  }

  /** One connection of an agent that may come. */
  private record ConnectedEndpoint(
      Session session, String container, RemoteAgent agent, boolean binary) implements Wire {

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
    public void close(String reason) {
      close(CloseCodes.NORMAL_CLOSURE, reason);
    }

    void close(CloseReason.CloseCode code, String reason) {
      try {
        session.close(new CloseReason(code, reason));
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
    connection =
        agents
            .ofPresent(container)
            .map(agent ->
                new ConnectedEndpoint(
                    session,
                    container,
                    agent,
                    MessageCodec.BINARY_SUBPROTOCOL.equals(session.getNegotiatedSubprotocol())));
  }

  /** It says something in JSON. */
  @OnMessage(maxMessageSize = MessageCodec.MAX_MESSAGE)
  public void text(String text) {
    take(() -> MessageCodec.decode(text));
  }

  /** It sends data in binary. */
  @OnMessage(maxMessageSize = MessageCodec.MAX_MESSAGE)
  public void binary(byte[] bytes) {
    take(() -> MessageCodec.decode(bytes));
  }

  /** Something to decode. */
  @FunctionalInterface
  private interface Decoding {
    Message decode() throws ProtocolFault;
  }

  private void take(Decoding decoding) {
    connection.ifPresent(it -> {
      try {
        it.agent()
            .receive(it, decoding.decode())
            .ifPresent(refusal -> {
              LOG.log(
                  Level.WARNING,
                  "container {0}: an agent is turned away: {1}",
                  it.container(),
                  refusal);
              it.close(CONFLICT, refusal);
            });
      } catch (ProtocolFault e) {
        LOG.log(Level.WARNING, "container {0}: agent: {1}", it.container(), e.getMessage());
        it.close(CloseCodes.VIOLATED_POLICY, String.valueOf(e.getMessage()));
      }
    });
  }

  /** It has gone, or will call again. */
  @OnClose
  public void close(CloseReason reason) {
    connection.ifPresent(it -> {
      if (FAULTS.contains(reason.getCloseCode().getCode())) {
        LOG.log(
            Level.WARNING,
            "container {0}: the agent''s connection is closed: {1} {2}",
            it.container(),
            Integer.toString(reason.getCloseCode().getCode()),
            reason.getReasonPhrase());
      }
      it.agent().disconnect(it);
    });
  }

  /** The connection broke. */
  @OnError
  public void fail(Throwable error) {
    LOG.log(Level.DEBUG, "agent: {0}", error.getMessage());
    connection.ifPresent(it -> it.agent().disconnect(it));
  }
}
