package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentUpgrade;
import io.sockerless.engine.ListenSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Finds out where agents are to call this server. */
final class CallbackAddress {

  static final String SETTING = "sockerless.callback.url";

  private static final String HERE = "127.0.0.1";

  /** What is listened at by all of this machine's addresses. */
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]");

  private CallbackAddress() {}

  /**
   * The address as a WebSocket's: what the setting says, else the first of the server's TCP
   * addresses without TLS, which carry an agent's data several times faster than its own port does,
   * else that port.
   */
  static String of(Config config) {
    return complete(
        value(config, SETTING).or(() -> listener(config)).orElseGet(() -> ownPort(config)));
  }

  private static Optional<String> value(Config config, String key) {
    return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
  }

  private static Optional<String> listener(Config config) {
    return value(config, ListenSettings.TLS_CERTIFICATE).isPresent()
        ? Optional.empty()
        : Arrays.stream(
                config
                    .getOptionalValue(ListenSettings.ADDRESSES, String.class)
                    .orElse(ListenSettings.ADDRESSES_DEFAULT)
                    .split(",", -1))
            .flatMap(text -> callable(text.strip()).stream())
            .findFirst();
  }

  /**
   * Nothing for what is no TCP address with a port; whether it may be there at all is not asked.
   */
  private static Optional<String> callable(String listen) {
    try {
      URI uri = new URI(listen);
      return "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0
          ? Optional.of(
              "ws://"
                  + (EVERYWHERE.contains(uri.getHost()) ? HERE : uri.getHost())
                  + ":"
                  + uri.getPort())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String ownPort(Config config) {
    int port =
        config
            .getOptionalValue(ListenSettings.SERVER_PORT, Integer.class)
            .orElse(ListenSettings.SERVER_PORT_DEFAULT);
    return "ws://" + HERE + ":" + port;
  }

  /** The scheme of the web means the WebSocket's; without a path it is the one that is served. */
  private static String complete(String server) {
    String url = server.startsWith("http") ? "ws" + server.substring("http".length()) : server;
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return path < 0
        ? url + AgentUpgrade.PATH
        : path == url.length() - 1 ? url.substring(0, path) + AgentUpgrade.PATH : url;
  }
}
