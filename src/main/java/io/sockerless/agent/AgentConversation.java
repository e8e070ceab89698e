package io.sockerless.agent;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.agent.protocol.ProtocolFault;
import io.sockerless.agent.protocol.Wire;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** What an agent that may come and the server say to each other, whoever has its WebSocket. */
final class AgentConversation {

  private static final Logger LOG = System.getLogger(AgentConversation.class.getName());

  /** The container has an agent, or is gone. */
  private static final int CONFLICT = 4409;

  private static final int VIOLATED_POLICY = 1008;

  /** What an agent does not do that is one: codes of RFC 6455, 7.4.1. */
  private static final Set<Integer> FAULTS = Set.of(1002, 1003, 1007, 1009);

  private final String container;
  private final RemoteAgent agent;
  private final AgentSocket socket;

  /** A WebSocket that an agent has opened. */
  interface AgentSocket extends Wire {
    /** Says why nothing follows. */
    void close(int code, String reason);

    @Override
    default void close(String reason) {
      close(1000, reason);
    }
  }

  AgentConversation(String container, RemoteAgent agent, AgentSocket socket) {
    this.container = container;
    this.agent = agent;
    this.socket = socket;
  }

  /** It says something in JSON. */
  void text(String text) {
    take(() -> MessageCodec.decode(text));
  }

  /** It sends data in binary. */
  void binary(byte[] bytes) {
    take(() -> MessageCodec.decode(bytes));
  }

  /** Something to decode. */
  @FunctionalInterface
  private interface Decoding {
    Message decode() throws ProtocolFault;
  }

  private void take(Decoding decoding) {
    try {
      Optional<String> refusal = agent.receive(socket, decoding.decode());
      if (refusal.isPresent()) {
        LOG.log(
            Level.WARNING, "container {0}: an agent is turned away: {1}", container, refusal.get());
        socket.close(CONFLICT, refusal.get());
      }
    } catch (ProtocolFault e) {
      LOG.log(Level.WARNING, "container {0}: agent: {1}", container, e.getMessage());
      socket.close(VIOLATED_POLICY, String.valueOf(e.getMessage()));
    }
  }

  /** It has gone, or will call again. */
  void ended(int code, String reason) {
    if (FAULTS.contains(code)) {
      LOG.log(
          Level.WARNING,
          "container {0}: the agent''s connection is closed: {1} {2}",
          container,
          Integer.toString(code),
          reason);
    }
    agent.disconnect(socket);
  }
}
