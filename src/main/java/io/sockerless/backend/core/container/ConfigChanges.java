package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.DocumentChanges.array;
import static io.sockerless.backend.core.Documents.array;
import static io.sockerless.backend.core.Documents.object;
import static io.sockerless.backend.core.Documents.strings;

import io.sockerless.backend.core.DocumentChanges;
import io.sockerless.backend.core.Documents;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The few instructions of a Dockerfile that change an image's configuration and nothing else, as a
 * commit and an import take them.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/container/commit/#change">the
 *     instructions that a commit takes</a>
 */
public final class ConfigChanges {

  private ConfigChanges() {}

  /**
   * Applies instructions such as {@code ENV A=b}, one each or several apart by newlines.
   *
   * @param config the {@code ContainerConfig} to begin with
   * @throws EngineException.InvalidParameter for an instruction that is none of them
   */
  public static JsonObject apply(JsonObject config, List<String> instructions) {
    JsonObject changed = config;
    for (String lines : instructions) {
      for (String line : lines.split("\n", -1)) {
        if (!line.isBlank() && !line.strip().startsWith("#")) {
          changed = apply(changed, line.strip());
        }
      }
    }
    return changed;
  }

  private static JsonObject apply(JsonObject config, String line) {
    String[] parts = line.split("\\s+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    String rest = parts.length == 2 ? parts[1].strip() : "";
    if (rest.isEmpty()) {
      throw new EngineException.InvalidParameter(name + " requires at least one argument");
    }
    return switch (name) {
      case "CMD" -> DocumentChanges.with(config, "Cmd", array(command(config, rest)));
      case "ENTRYPOINT" -> DocumentChanges.with(config, "Entrypoint", array(command(config, rest)));
      case "ENV" -> environment(config, pairs(name, rest));
      case "LABEL" -> {
        Map<String, String> labels = Documents.map(config, "Labels");
        labels.putAll(pairs(name, rest));
        yield DocumentChanges.with(config, "Labels", DocumentChanges.object(labels));
      }
      case "EXPOSE" -> keys(config, "ExposedPorts", ports(rest));
      case "VOLUME" -> keys(config, "Volumes", list(rest).orElseGet(() -> words(rest)));
      case "USER" -> DocumentChanges.with(config, "User", rest);
      case "WORKDIR" -> DocumentChanges.with(config, "WorkingDir", directory(config, rest));
      case "STOPSIGNAL" -> {
        Signals.parse(rest);
        yield DocumentChanges.with(config, "StopSignal", rest);
      }
      case "ONBUILD" -> {
        List<String> triggers = new ArrayList<>(strings(config, "OnBuild"));
        triggers.add(rest);
        yield DocumentChanges.with(config, "OnBuild", array(triggers));
      }
      default ->
          throw new EngineException.InvalidParameter(
              name.toLowerCase(Locale.ROOT) + " is not a valid change command");
    };
  }

  /** A list of texts is a command as it is; anything else is for the shell. */
  private static List<String> command(JsonObject config, String rest) {
    return list(rest)
        .orElseGet(() -> {
          List<String> shell = new ArrayList<>(strings(config, "Shell"));
          if (shell.isEmpty()) {
            shell.addAll(List.of("/bin/sh", "-c"));
          }
          shell.add(rest);
          return shell;
        });
  }

  private static Optional<List<String>> list(String text) {
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      JsonArray array = reader.readArray();
      return array.stream().allMatch(JsonString.class::isInstance)
          ? Optional.of(array.getValuesAs(JsonString::getString))
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static JsonObject environment(JsonObject config, Map<String, String> pairs) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : strings(config, "Env")) {
      entries.put(entry.split("=", 2)[0], entry);
    }
    pairs.forEach((name, value) -> entries.put(name, name + "=" + value));
    return DocumentChanges.with(config, "Env", array(entries.values()));
  }

  /** {@code name=value …}, or the old form {@code name value with spaces}. */
  private static Map<String, String> pairs(String instruction, String rest) {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> words = words(rest);
    if (!words.getFirst().contains("=")) {
      String[] old = rest.split("\\s+", 2);
      if (old.length < 2) {
        throw new EngineException.InvalidParameter(instruction + " must have two arguments");
      }
      pairs.put(old[0], old[1]);
      return pairs;
    }
    for (String word : words) {
      String[] parts = word.split("=", 2);
      if (parts.length < 2) {
        throw new EngineException.InvalidParameter(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      pairs.put(parts[0], parts[1]);
    }
    return pairs;
  }

  /** Words as a shell cuts them: quotes hold together and go, a backslash keeps what follows. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inside = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        inside = true;
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
        inside = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inside) {
          words.add(word.toString());
          word.setLength(0);
        }
        inside = false;
      } else {
        word.append(c);
        inside = true;
      }
    }
    if (inside) {
      words.add(word.toString());
    }
    return words;
  }

  private static List<String> ports(String rest) {
    return words(rest).stream().map(port -> port.contains("/") ? port : port + "/tcp").toList();
  }

  private static JsonObject keys(JsonObject config, String field, List<String> names) {
    var keys = JsonBuilders.object(object(config, field));
    names.forEach(name -> keys.add(name, JsonValue.EMPTY_JSON_OBJECT));
    return DocumentChanges.with(config, field, keys.build());
  }

  private static String directory(JsonObject config, String rest) {
    String present = Documents.string(config, "WorkingDir");
    String base = present.isEmpty() ? "/" : present;
    return java.nio.file.Path.of(base).resolve(rest).normalize().toString();
  }
}
