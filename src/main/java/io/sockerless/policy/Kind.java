package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** The kinds of objects that have owners. */
enum Kind {
  CONTAINER("containers", "Id") {
    @Override
    Answer inspect(Engine engine, String name, Call call) {
      return engine.containers().inspect(name, call);
    }

    @Override
    String missing(String name) {
      return "No such container: " + name;
    }
  },
  IMAGE("images", "Id") {
    @Override
    Answer inspect(Engine engine, String name, Call call) {
      return engine.images().inspect(name, call);
    }

    @Override
    String missing(String name) {
      return "No such image: " + name;
    }
  },
  NETWORK("networks", "Id") {
    @Override
    Answer inspect(Engine engine, String name, Call call) {
      return engine.networks().inspect(name, call);
    }

    @Override
    String missing(String name) {
      return "network " + name + " not found";
    }
  },
  VOLUME("volumes", "Name") {
    @Override
    Answer inspect(Engine engine, String name, Call call) {
      return engine.volumes().inspect(name, call);
    }

    @Override
    String missing(String name) {
      return "get " + name + ": no such volume";
    }
  };

  private final String noun;
  private final String key;

  Kind(String noun, String key) {
    this.noun = noun;
    this.key = key;
  }

  /** As operations begin, such as {@code containers}. */
  String noun() {
    return noun;
  }

  abstract Answer inspect(Engine engine, String name, Call call);

  /** Docker's words for one that is not there. */
  abstract String missing(String name);

  /** What it is called by for good. */
  String id(JsonObject document) {
    return document.getString(key, "");
  }

  /** The labels in an inspect document or in an item of a list. */
  static JsonObject labels(JsonObject document) {
    JsonValue own = document.getOrDefault("Labels", JsonValue.NULL);
    if (own instanceof JsonObject labels) {
      return labels;
    }
    return document.get("Config") instanceof JsonObject config
            && config.get("Labels") instanceof JsonObject labels
        ? labels
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  static Optional<Kind> of(String noun) {
    for (Kind kind : values()) {
      if (kind.noun.equals(noun)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
