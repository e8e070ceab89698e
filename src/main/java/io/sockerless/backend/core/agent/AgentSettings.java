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

  static final String CALLBACK = "sockerless.callback.url";
  static final String DEADLINE = "sockerless.agent.deadline";
  static final String PATIENCE = "sockerless.agent.patience";
  static final String AUTHORITIES = "sockerless.agent.ca";
  static final String PATH = "/internal/v1/agent/connect";

  private static final String HTTP_PORT = "sockerless.http.port";
  private static final int HTTP_PORT_DEFAULT = 9080;
  private static final int DEADLINE_DEFAULT = 300;
  private static final int PATIENCE_DEFAULT = 60;

  /** Reads them; both times are in seconds. */
  public static AgentSettings from(Config config) {
    int port = config.getOptionalValue(HTTP_PORT, Integer.class).orElse(HTTP_PORT_DEFAULT);
    String server =
        config
            .getOptionalValue(CALLBACK, String.class)
            .filter(url -> !url.isBlank())
            .orElse("ws://127.0.0.1:" + port);
    return new AgentSettings(
        callback(server),
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

  /** The scheme of the web means the WebSocket's; without a path it is the one that is served. */
  private static String callback(String server) {
    String url = server.startsWith("http") ? "ws" + server.substring("http".length()) : server;
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return path < 0 ? url + PATH : path == url.length() - 1 ? url.substring(0, path) + PATH : url;
  }

  private static Duration seconds(Config config, String key, int otherwise) {
    int seconds = config.getOptionalValue(key, Integer.class).orElse(otherwise);
    if (seconds <= 0) {
      throw new IllegalArgumentException(key + ": " + seconds + ": a time in seconds is positive");
    }
    return Duration.ofSeconds(seconds);
  }
}
