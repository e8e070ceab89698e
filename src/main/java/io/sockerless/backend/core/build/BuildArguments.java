package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.Instruction.Variable;
import io.sockerless.backend.core.value.GoText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The variables of a build and of its current stage: what the request gives, what the Dockerfile
 * declares, and which of them have been used.
 */
final class BuildArguments {

  /** Those that need no declaration, and do not change what is found in the cache. */
  private static final Set<String> PREDEFINED =
      Set.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final Map<String, Optional<String>> given;
  private final Map<String, Optional<String>> global = new LinkedHashMap<>();
  private final Map<String, Optional<String>> stage = new LinkedHashMap<>();
  private final Set<String> used = new TreeSet<>();

  /**
   * Begins a build.
   *
   * @param given by the request; one without a value is as if it were not there
   */
  BuildArguments(Map<String, Optional<String>> given) {
    this.given = Map.copyOf(given);
  }

  /** A declaration before the first stage. */
  void declareGlobal(Variable variable) {
    global.put(variable.name(), variable.value());
    used.add(variable.name());
  }

  /** A declaration in the current stage. */
  void declare(Variable variable) {
    stage.put(variable.name(), variable.value());
    used.add(variable.name());
  }

  /** A new stage knows nothing of what the one before declared. */
  void beginStage() {
    stage.clear();
  }

  /** What the names of base images may use. */
  Map<String, String> globals() {
    return values(global);
  }

  /** What instructions and commands of the stage see, besides the image's environment. */
  Map<String, String> visible(Map<String, String> environment) {
    Map<String, Optional<String>> declared = new LinkedHashMap<>(stage);
    PREDEFINED.forEach(name -> declared.putIfAbsent(name, Optional.empty()));
    Map<String, String> values = values(declared);
    values.keySet().removeAll(environment.keySet());
    return values;
  }

  private Map<String, String> values(Map<String, Optional<String>> declared) {
    Map<String, String> values = new TreeMap<>();
    declared.forEach((name, standard) ->
        given
            .getOrDefault(name, Optional.empty())
            .or(() -> standard)
            .or(() -> global.getOrDefault(name, Optional.empty()))
            .ifPresent(value -> values.put(name, value)));
    return values;
  }

  /** Whether a variable's value tells one command from another in the cache. */
  boolean counts(String name) {
    return used.contains(name) || !PREDEFINED.contains(name);
  }

  /** What is said at the end of arguments that nothing declared. */
  Optional<String> warning() {
    List<String> left =
        given.keySet().stream()
            .filter(name -> !used.contains(name) && !PREDEFINED.contains(name))
            .sorted()
            .toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "[Warning] One or more build-args " + GoText.plain(left) + " were not consumed\n");
  }

  /** Reads the request's arguments. */
  static Map<String, Optional<String>> of(JsonObject document) {
    Map<String, Optional<String>> given = new HashMap<>();
    document.forEach((name, value) ->
        given.put(
            name,
            value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty()));
    return given;
  }
}
