package io.sockerless.backend.core.agent;

import io.sockerless.agent.websocket.Authorities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;

/**
 * How containers with agents are served.
 *
 * @param callback where agents find this server, as a {@code ws:} or {@code wss:} address
 * @param deadline how long a start waits for its agent
 * @param patience how long an agent's sessions outlive a connection
 * @param tls whom to trust of those agents that are called; by default whom the JDK trusts
 */
public record AgentSettings(
    String callback, Duration deadline, Duration patience, Optional<SSLContext> tls) {

  static final String DEADLINE = "sockerless.agent.deadline";
  static final String PATIENCE = "sockerless.agent.patience";
  static final String AUTHORITIES = "sockerless.agent.ca";

  private static final int DEADLINE_DEFAULT = 300;
  private static final int PATIENCE_DEFAULT = 60;

  /** Reads them; both times are in seconds. */
  public static AgentSettings from(Config config) {
    return new AgentSettings(
        CallbackAddress.of(config),
        seconds(config, DEADLINE, DEADLINE_DEFAULT),
        seconds(config, PATIENCE, PATIENCE_DEFAULT),
        config.getOptionalValue(AUTHORITIES, String.class).map(AgentSettings::trust));
  }

  private static SSLContext trust(String authorities) {
    try {
      return Authorities.of(Path.of(authorities));
    } catch (IOException e) {
      throw new IllegalArgumentException(AUTHORITIES + ": " + e.getMessage(), e);
    }
  }

  private static Duration seconds(Config config, String key, int otherwise) {
    int seconds = config.getOptionalValue(key, Integer.class).orElse(otherwise);
    if (seconds <= 0) {
      throw new IllegalArgumentException(key + ": " + seconds + ": a time in seconds is positive");
    }
    return Duration.ofSeconds(seconds);
  }
}
