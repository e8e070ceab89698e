package io.sockerless.agent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whether an agent may come, before there is a WebSocket: without a container's id it is
 * answered 400, for an unknown container 404, with a wrong token 401. The token is best sent as a
 * bearer's; as the query's {@code token} it lands in the logs of whatever is in between.
 */
final class AgentAdmission {

  private static final Logger LOG = System.getLogger(AgentAdmission.class.getName());
  private static final Pattern FIT_FOR_A_LOG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String BEARER = "Bearer ";

  private final AgentRegistry agents;

  /** Why it may not. */
  record Refusal(int status, String message) {}

  AgentAdmission(AgentRegistry agents) {
    this.agents = agents;
  }

  /**
   * Judges a request.
   *
   * @param container its parameter {@code id}, empty without
   * @param authorization its field, empty without
   * @param token its parameter {@code token}, empty without
   */
  Optional<Refusal> refusal(String container, String authorization, String token) {
    if (container.isEmpty()) {
      return refused(container, 400, "an agent says whose it is by the parameter id");
    }
    String given =
        authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : token;
    return switch (agents.judge(container, given)) {
      case WELCOME -> Optional.empty();
      case NO_SUCH_CONTAINER -> refused(container, 404, "No such container: " + container);
      case WRONG_TOKEN -> refused(container, 401, "wrong token");
    };
  }

  private static Optional<Refusal> refused(String container, int status, String message) {
    LOG.log(
        Level.WARNING,
        "container {0}: an agent is refused: {1}",
        FIT_FOR_A_LOG.matcher(container).matches() ? container : "?",
        Integer.toString(status));
    return Optional.of(new Refusal(status, message));
  }
}
