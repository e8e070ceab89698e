package io.sockerless.agent.program;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent was started with.
 *
 * @param listen where it waits for its server, as {@code [host]:port}
 * @param callback where it finds its server
 * @param tls whether those who call do so by TLS
 * @param authorities a PEM file of those who may vouch for the server; otherwise the JDK's
 * @param keepAlive whether it stays when the command has ended
 * @param token what it shows to its server, or is shown; out of the environment
 * @param container the id of the container that it is in; out of the environment
 * @param command what it wraps; may be empty
 * @param environment the command's: the agent's own without its token
 */
record Options(
    Optional<String> listen,
    Optional<String> callback,
    boolean tls,
    Optional<String> authorities,
    boolean keepAlive,
    String token,
    String container,
    List<String> command,
    List<String> environment) {

  static final String USAGE =
      """
      usage: sockerless-agent (--callback URL | --addr [HOST]:PORT) [--ca FILE] [--tls] [--keep-alive] -- COMMAND...
        --callback URL      call the server there, by default SOCKERLESS_AGENT_CALLBACK_URL
        --addr [HOST]:PORT  wait there for the server to call
        --ca FILE           trust the server whose certificate these vouch for, in PEM, by default SOCKERLESS_AGENT_CA
        --tls               with --addr: the key is that of -Djavax.net.ssl.keyStore
        --keep-alive        stay when the command has ended, for its files
      SOCKERLESS_CONTAINER_ID and SOCKERLESS_AGENT_TOKEN say whose agent it is.\
      """;

  private static final String KEY_STORE = "javax.net.ssl.keyStore";
  private static final int MAX_PORT = 65_535;
  private static final Pattern ADDRESS = Pattern.compile("(.*):([0-9]{1,5})");
  private static final Set<String> SCHEMES = Set.of("ws", "wss");
  private static final String ID = "SOCKERLESS_CONTAINER_ID";
  private static final String TOKEN = "SOCKERLESS_AGENT_TOKEN";
  private static final String AUTHORITIES = "SOCKERLESS_AGENT_CA";
  private static final String CALLBACK = "SOCKERLESS_AGENT_CALLBACK_URL";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are none
   */
  static Options parse(List<String> arguments, List<String> environment) {
    Optional<String> listen = Optional.empty();
    Optional<String> callback = Optional.empty();
    Optional<String> authorities = variable(environment, AUTHORITIES);
    boolean tls = false;
    boolean keepAlive = false;
    int i = 0;
    while (i < arguments.size() && !arguments.get(i).equals("--")) {
      switch (arguments.get(i)) {
        case "--addr" -> listen = Optional.of(value(arguments, ++i));
        case "--callback" -> callback = Optional.of(value(arguments, ++i));
        case "--ca" -> authorities = Optional.of(value(arguments, ++i));
        case "--tls" -> tls = true;
        case "--keep-alive" -> keepAlive = true;
        default -> throw new IllegalArgumentException("unknown option " + arguments.get(i));
      }
      i++;
    }
    if (listen.isEmpty() && callback.isEmpty()) {
      callback = variable(environment, CALLBACK);
    }
    if (listen.isPresent() == callback.isPresent()) {
      throw new IllegalArgumentException("either --callback or --addr is needed");
    }
    return new Options(
        listen,
        callback,
        tls,
        authorities,
        keepAlive,
        variable(environment, TOKEN).orElse(""),
        variable(environment, ID).orElse(""),
        List.copyOf(arguments.subList(Math.min(i + 1, arguments.size()), arguments.size())),
        withoutToken(environment));
  }

  /**
   * The same, if there can be an agent with them: what is wrong for good must not be tried for
   * ever.
   *
   * @throws IllegalArgumentException if the token is missing, or the server's address or ours is
   *     none, or TLS has no key
   */
  Options checked() {
    if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException(
          TOKEN + (token.isEmpty() ? " is missing" : " is no token"));
    }
    callback.ifPresent(address -> {
      URI uri = URI.create(address);
      if (uri.getHost() == null || !SCHEMES.contains(String.valueOf(uri.getScheme()))) {
        throw new IllegalArgumentException(
            "--callback " + address + ": ws://HOST:PORT/… or wss://… is needed");
      }
      if (container.isEmpty()) {
        throw new IllegalArgumentException(ID + " is missing");
      }
    });
    listen.ifPresent(Options::address);
    if (tls && System.getProperty(KEY_STORE) == null) {
      throw new IllegalArgumentException("--tls needs a key: -D" + KEY_STORE + " is not there");
    }
    return this;
  }

  /**
   * An address of our own.
   *
   * @param given {@code [host]:port}; without a host all that the machine has
   */
  static InetSocketAddress address(String given) {
    Matcher parts = ADDRESS.matcher(given);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
      throw new IllegalArgumentException("--addr " + given + ": [HOST]:PORT is needed");
    }
    int port = Integer.parseInt(parts.group(2));
    String host = parts.group(1);
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  private static String value(List<String> arguments, int index) {
    if (index >= arguments.size()) {
      throw new IllegalArgumentException(arguments.get(index - 1) + " needs a value");
    }
    return arguments.get(index);
  }

  private static Optional<String> variable(List<String> environment, String name) {
    for (String entry : environment) {
      if (entry.startsWith(name + "=")) {
        return Optional.of(entry.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static List<String> withoutToken(List<String> environment) {
    List<String> entries = new ArrayList<>(environment);
    entries.removeIf(entry -> entry.startsWith(TOKEN + "="));
    return entries;
  }
}
