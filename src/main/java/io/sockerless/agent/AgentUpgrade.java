package io.sockerless.agent;

import io.sockerless.agent.protocol.Bytes;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.EdgeUpgrade;
import io.sockerless.stream.WebSocketMessages;
import io.sockerless.wire.Headers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the agents of containers call that reach the edge, which most do; those at the server's own
 * port come to {@link AgentEndpoint}.
 */
@Dependent
public class AgentUpgrade implements EdgeUpgrade {

  /** Of the address that agents call, at whichever port. */
  public static final String PATH = EdgePasses.AGENTS;

  /** After how long a silence an agent counts as gone; it says something every few seconds. */
  static final int IDLE_SECONDS = 45;

  private final AgentRegistry agents;
  private final AgentAdmission admission;

  /** Asks this registry. */
  @Inject
  public AgentUpgrade(AgentRegistry agents) {
    this.agents = agents;
    this.admission = new AgentAdmission(agents);
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public HijackedStream open(Call call) {
    String container = call.query().first("id").orElse("");
    Optional<AgentAdmission.Refusal> refusal =
        admission.refusal(
            container,
            call.headers().first("Authorization").orElse(""),
            call.query().first("token").orElse(""));
    if (refusal.isPresent()) {
      throw EngineException.of(refusal.get().status(), refusal.get().message(), Headers.empty());
    }
    RemoteAgent agent =
        agents
            .ofPresent(container)
            .orElseThrow(() -> new EngineException.NotFound("No such container: " + container));
    return new Visit(container, agent, call.headers()).messages;
  }

  /** One connection of an agent that may come. */
  private static final class Visit
      implements AgentConversation.AgentSocket, WebSocketMessages.Receiver {
    private final boolean binary;
    private final AgentConversation conversation;
    private final WebSocketMessages messages;

    Visit(String container, RemoteAgent agent, Headers request) {
      String subprotocol = subprotocol(request);
      this.binary = subprotocol.equals(MessageCodec.BINARY_SUBPROTOCOL);
      this.conversation = new AgentConversation(container, agent, this);
      this.messages =
          WebSocketMessages.accept(
              request, subprotocol, MessageCodec.MAX_MESSAGE, IDLE_SECONDS, this);
    }

    @Override
    public void send(Message message) throws IOException {
      if (binary && message instanceof Message.Data data) {
        Bytes bytes = data.data();
        messages.sendBinary(
            MessageCodec.binaryHead(data), bytes.array(), bytes.offset(), bytes.length());
      } else {
        messages.sendText(MessageCodec.text(message));
      }
    }

    @Override
    public void close(int code, String reason) {
      messages.close(code, reason);
    }

    @Override
    public void text(String text) {
      conversation.text(text);
    }

    @Override
    public void binary(byte[] bytes) {
      conversation.binary(bytes);
    }

    @Override
    public void ended(int code, String reason) {
      conversation.ended(code, reason);
    }
  }

  /** The first of ours that the agent speaks as well; empty for none, which is JSON too. */
  private static String subprotocol(Headers headers) {
    List<String> spoken =
        headers.all("Sec-WebSocket-Protocol").stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .map(String::strip)
            .toList();
    return MessageCodec.SUBPROTOCOLS.stream().filter(spoken::contains).findFirst().orElse("");
  }
}
