package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.ProtocolFault;
import io.sockerless.agent.protocol.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the sessions of an agent that goes. */
class RemoteAgentTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int TERM = 15;

  private final RemoteAgent agent = new AgentRegistry(Duration.ofHours(1)).of("c");
  private final Wire wire = new Silent();

  /** A connection that takes all and says nothing. */
  private static final class Silent implements Wire {
    @Override
    public void send(Message message) {
      // Nobody looks at it.
    }

    @Override
    public void close(String reason) {
      // There is nothing to give back.
    }
  }

  @BeforeEach
  void connect() throws ProtocolFault {
    assertThat(agent.receive(wire, new Message.Hello("instance", "", 0, 1))).isEmpty();
    assertThat(agent.isConnected()).isTrue();
  }

  private RemoteSession exec() {
    return agent.open(
        id -> new Message.Exec(id, List.of("sleep"), List.of(), "/", "", false, false, 0, 0));
  }

  @Test
  void whatWasKilledHasEndedOnceItsAgentIsGone() {
    RemoteSession killed = exec();
    agent.kill(killed);
    assertThat(killed.exit()).isNotDone();

    agent.disconnect(wire);

    assertThat(killed.exit()).failsWithin(LONG);
  }

  @Test
  void whatIsKilledWithoutItsAgentHasEndedAtOnce() {
    RemoteSession running = exec();
    agent.disconnect(wire);

    agent.kill(running);

    assertThat(running.exit()).failsWithin(LONG);
  }

  @Test
  void whatWasNotKilledWaitsForItsAgentToComeBack() {
    RemoteSession asked = exec();
    asked.signal(TERM);

    agent.disconnect(wire);

    assertThat(asked.exit()).isNotDone();
  }
}
