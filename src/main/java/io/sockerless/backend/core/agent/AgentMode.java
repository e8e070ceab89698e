package io.sockerless.backend.core.agent;

import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;
import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.agent.AgentAddress;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.engine.AgentLabels;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a container and its agent find each other, as its configuration has it: by the labels it was
 * created with, and by the wrapped command and the environment that it is given then. Whoever
 * starts the machine reads both from the inspect document.
 */
public enum AgentMode {
  /** The agent calls this server. */
  REVERSE,
  /** This server calls the agent. */
  FORWARD;

  static final String ID = "SOCKERLESS_CONTAINER_ID";
  static final String TOKEN = "SOCKERLESS_AGENT_TOKEN";
  static final String CALLBACK = "SOCKERLESS_AGENT_CALLBACK_URL";

  private static final Set<String> OURS = Set.of(ID, TOKEN, CALLBACK);
  private static final String PROGRAM = "sockerless-agent";
  private static final int TOKEN_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Of a container's configuration; nothing if no agent carries it. A label without a value takes
   * back what the image's says, since labels of an image cannot be left out.
   */
  public static Optional<AgentMode> of(JsonObject config) {
    JsonObject labels = object(config, "Labels");
    String text = string(labels, AgentLabels.MODE);
    return switch (text) {
      case "" -> Optional.empty();
      case "reverse" -> Optional.of(REVERSE);
      case "forward" -> Optional.of(FORWARD);
      default ->
          throw new EngineException.InvalidParameter(
              "label " + AgentLabels.MODE + "=" + text + ": there are reverse and forward");
    };
  }

  /** Where the agent listens, if it is to be called. */
  static Optional<URI> address(JsonObject config) {
    if (!of(config).equals(Optional.of(FORWARD))) {
      return Optional.empty();
    }
    String text = string(object(config, "Labels"), AgentLabels.ADDRESS);
    if (text.isEmpty()) {
      throw new EngineException.InvalidParameter(
          "label " + AgentLabels.MODE + "=forward needs the label " + AgentLabels.ADDRESS);
    }
    try {
      return Optional.of(AgentAddress.parse(text));
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter(
          "label " + AgentLabels.ADDRESS + ": " + e.getMessage());
    }
  }

  /** What the agent shows, or is shown; empty if the container has none. */
  public static String token(JsonObject config) {
    return strings(config, "Env").stream()
        .filter(entry -> entry.startsWith(TOKEN + "="))
        .map(entry -> entry.substring(TOKEN.length() + 1))
        .reduce("", (_, last) -> last);
  }

  /** What commands get of the environment: the agent's own secret is none of theirs. */
  static List<String> withoutToken(List<String> environment) {
    return environment.stream().filter(entry -> !entry.startsWith(TOKEN + "=")).toList();
  }

  /** The configuration with the agent before its command, if one is to carry the container. */
  static JsonObject wrap(String id, JsonObject config, AgentSettings settings) {
    Optional<AgentMode> mode = of(config);
    if (mode.isEmpty()) {
      return config;
    }
    Optional<URI> address = address(config);
    List<String> entrypoint = new ArrayList<>();
    entrypoint.add(PROGRAM);
    entrypoint.addAll(
        mode.get() == REVERSE
            ? List.of("--callback", settings.callback())
            : listening(address.orElseThrow()));
    entrypoint.add("--");
    entrypoint.addAll(strings(config, "Entrypoint"));
    List<String> env = new ArrayList<>(strings(config, "Env"));
    env.removeIf(entry -> OURS.contains(entry.split("=", 2)[0]));
    env.add(ID + "=" + id);
    env.add(TOKEN + "=" + newToken());
    if (mode.get() == REVERSE) {
      env.add(CALLBACK + "=" + settings.callback());
    }
    return DocumentChanges.with(
        DocumentChanges.with(config, "Entrypoint", DocumentChanges.array(entrypoint)),
        "Env",
        DocumentChanges.array(env));
  }

  /** What the agent waits with, so that it is found where the label has the server call it. */
  private static List<String> listening(URI address) {
    boolean tls = address.getScheme().equals("wss");
    int usual = tls ? 443 : 80;
    String own = ":" + (address.getPort() < 0 ? usual : address.getPort());
    return tls ? List.of("--addr", own, "--tls") : List.of("--addr", own);
  }

  /** The configuration as it was before {@link #wrap}: with neither the agent nor its secret. */
  static JsonObject unwrap(JsonObject config) {
    List<String> entrypoint = strings(config, "Entrypoint");
    int end = entrypoint.indexOf("--");
    if (of(config).isEmpty() || end < 0) {
      return config;
    }
    List<String> own = entrypoint.subList(end + 1, entrypoint.size());
    List<String> env =
        strings(config, "Env").stream()
            .filter(entry -> !OURS.contains(entry.split("=", 2)[0]))
            .toList();
    return DocumentChanges.with(
        DocumentChanges.with(
            config, "Entrypoint", own.isEmpty() ? JsonValue.NULL : DocumentChanges.array(own)),
        "Env",
        DocumentChanges.array(env));
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
