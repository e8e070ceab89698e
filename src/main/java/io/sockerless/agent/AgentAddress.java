package io.sockerless.agent;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where an agent waits to be called: found out before anybody waits for it in vain. */
public final class AgentAddress {

  private static final Set<String> SCHEMES = Set.of("ws", "wss");
  private static final String PATH = "/ws";
  private static final int MAX_PORT = 65_535;

  private AgentAddress() {}

  /**
   * Reads an address.
   *
   * @param text {@code host:port}, or a {@code ws:} or {@code wss:} URL
   * @throws IllegalArgumentException if it is none
   */
  public static URI parse(String text) {
    boolean bare = !text.contains("://");
    try {
      URI uri = new URI(bare ? "ws://" + text : text);
      boolean complete =
          SCHEMES.contains(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getPort() != 0
              && uri.getPort() <= MAX_PORT
              && (!bare || (uri.getPort() > 0 && uri.getRawPath().isEmpty()));
      if (complete) {
        return uri.getRawPath().isEmpty() ? uri.resolve(PATH) : uri;
      }
    } catch (URISyntaxException e) {
      // Said below, in words that do not depend on how it was tried.
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no address of an agent: host:port, ws://… or wss://… is wanted");
  }
}
