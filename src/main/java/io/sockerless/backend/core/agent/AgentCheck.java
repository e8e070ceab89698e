package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentFailure;
import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.RemoteSession;
import io.sockerless.agent.protocol.Message;
import io.sockerless.backend.core.driver.CheckResult;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A health check that an agent runs where it is, in one question and one answer. */
final class AgentCheck {

  /**
   * How much longer than the check's own time its answer may take: an agent that does not answer
   * leaves a container whose health is not known, which is as bad as one that is not healthy.
   */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private AgentCheck() {}

  static CheckResult run(RemoteAgent agent, ProcessSpec command, Duration timeout)
      throws StartFailure, InterruptedException {
    RemoteSession session =
        agent.open(id ->
            new Message.CheckHealth(
                id,
                command.command(),
                AgentMode.withoutToken(command.environment()),
                command.directory(),
                command.user(),
                timeout.toMillis()));
    try {
      Message.Health health =
          session.health().get(timeout.plus(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
      return new CheckResult(
          health.code() == Message.Health.TIMED_OUT
              ? OptionalInt.empty()
              : OptionalInt.of(health.code()),
          health.log());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AgentFailure failure) {
        throw AgentDriver.failure(failure);
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      session.giveUp("the check takes too long");
      return new CheckResult(OptionalInt.empty(), "the agent does not answer");
    }
  }
}
