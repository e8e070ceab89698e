package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.DocumentChanges.array;
import static io.sockerless.backend.core.document.DocumentChanges.has;
import static io.sockerless.backend.core.document.Documents.array;
import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a container inherits from its image: whatever it does not say itself; environment, labels,
 * ports and volumes key by key; the command only where it has no entry point of its own.
 */
public final class ConfigMerge {

  private ConfigMerge() {}

  /** The container's configuration over the image's; fields unknown here stay the container's. */
  public static JsonObject merge(JsonObject config, JsonObject image) {
    JsonObjectBuilder merged = JsonBuilders.object(config);
    for (String name : List.of("User", "WorkingDir", "StopSignal")) {
      if (string(config, name).isEmpty() && !string(image, name).isEmpty()) {
        merged.add(name, string(image, name));
      }
    }
    for (String name : List.of("ExposedPorts", "Volumes", "Labels")) {
      JsonObject inherited = object(image, name);
      if (!inherited.isEmpty()) {
        merged.add(name, DocumentChanges.overlay(inherited, object(config, name)));
      }
    }
    if (config.containsKey("Volumes")
        && object(config, "Volumes").isEmpty()
        && object(image, "Volumes").isEmpty()) {
      // Clients send an empty map for none, but dockerd shows none.
      merged.add("Volumes", image.getOrDefault("Volumes", JsonValue.NULL));
    }
    merged.add("Env", array(environment(texts(config, "Env"), texts(image, "Env"))));
    mergeCommand(config, image, merged);
    mergeHealthCheck(config, image, merged);
    if (!has(config, "Shell") && has(image, "Shell")) {
      merged.add("Shell", array(texts(image, "Shell")));
    }
    return merged.build();
  }

  private static List<String> environment(List<String> own, List<String> inherited) {
    Set<String> names = new HashSet<>();
    own.forEach(entry -> names.add(entry.split("=", 2)[0]));
    List<String> merged = new ArrayList<>(own);
    inherited.stream()
        .filter(entry -> !names.contains(entry.split("=", 2)[0]))
        .forEach(merged::add);
    return merged;
  }

  /** An entry point of one empty text is Docker's way to have none. */
  private static void mergeCommand(JsonObject config, JsonObject image, JsonObjectBuilder merged) {
    List<String> entrypoint = texts(config, "Entrypoint");
    if (entrypoint.isEmpty()) {
      if (texts(config, "Cmd").isEmpty() && has(image, "Cmd")) {
        merged.add("Cmd", array(texts(image, "Cmd")));
      }
      if (!has(config, "Entrypoint") && has(image, "Entrypoint")) {
        merged.add("Entrypoint", array(texts(image, "Entrypoint")));
      }
    } else if (entrypoint.equals(List.of(""))) {
      merged.add("Entrypoint", JsonValue.NULL);
    } else if (config.get("Entrypoint") instanceof JsonString) {
      merged.add("Entrypoint", array(entrypoint));
    }
    if (config.get("Cmd") instanceof JsonString) {
      merged.add("Cmd", array(texts(config, "Cmd")));
    }
  }

  private static void mergeHealthCheck(
      JsonObject config, JsonObject image, JsonObjectBuilder merged) {
    JsonObject own = object(config, "Healthcheck");
    JsonObject inherited = object(image, "Healthcheck");
    if (inherited.isEmpty()) {
      return;
    }
    JsonObjectBuilder check = JsonBuilders.object(own);
    if (texts(own, "Test").isEmpty() && has(inherited, "Test")) {
      check.add("Test", array(inherited, "Test"));
    }
    for (String name : List.of("Interval", "Timeout", "StartPeriod", "StartInterval", "Retries")) {
      if (number(own, name) == 0 && number(inherited, name) != 0) {
        check.add(name, number(inherited, name));
      }
    }
    merged.add("Healthcheck", check);
  }

  /** Docker's clients may send one text where a list is meant. */
  private static List<String> texts(JsonObject document, String name) {
    return document.get(name) instanceof JsonString text
        ? List.of(text.getString())
        : Documents.strings(document, name);
  }
}
