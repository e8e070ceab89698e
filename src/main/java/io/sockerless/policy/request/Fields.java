package io.sockerless.policy.request;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a body that {@link StrictJson} read, asked as Go would decode it: whatever case its
 * keys are written in. A field of another type than Docker's is refused.
 */
public record Fields(JsonObject object) {

  private static final Fields NONE = new Fields(JsonValue.EMPTY_JSON_OBJECT);

  /** A value that is an object; an empty one for null and for anything else. */
  static Fields of(JsonValue value) {
    return value instanceof JsonObject object ? new Fields(object) : NONE;
  }

  /** The object with a field set, under Docker's own spelling of its key. */
  public JsonObject with(String name, JsonValue value) {
    JsonObjectBuilder changed = JsonBuilders.object(object);
    key(name).ifPresent(changed::remove);
    return changed.add(name, value).build();
  }

  /** The key of a field as it is spelt here. */
  private Optional<String> key(String name) {
    if (object.containsKey(name)) {
      return Optional.of(name);
    }
    for (String key : object.keySet()) {
      if (StrictJson.means(key, name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** A field that is there and not null. */
  Optional<JsonValue> get(String name) {
    return key(name).map(object::get).filter(value -> !value.equals(JsonValue.NULL));
  }

  /** A text; empty if there is none. */
  public String text(String name) {
    return get(name).map(value -> text(name, value)).orElse("");
  }

  /** All but false and nothing is true: what is no boolean, Docker refuses anyway. */
  boolean flag(String name) {
    return get(name).filter(value -> !value.equals(JsonValue.FALSE)).isPresent();
  }

  Optional<Long> number(String name) {
    return get(name)
        .map(value -> {
          if (value instanceof JsonNumber number && number.isIntegral()) {
            return number.longValue();
          }
          throw wrong(name, "a number");
        });
  }

  /** An object within; an empty one if there is none. */
  public Fields fields(String name) {
    return get(name)
        .map(value -> {
          if (value instanceof JsonObject within) {
            return new Fields(within);
          }
          throw wrong(name, "an object");
        })
        .orElse(NONE);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue value : array(name)) {
      texts.add(text(name, value));
    }
    return texts;
  }

  List<Fields> list(String name) {
    List<Fields> list = new ArrayList<>();
    for (JsonValue value : array(name)) {
      if (!(value instanceof JsonObject within)) {
        throw wrong(name, "a list of objects");
      }
      list.add(new Fields(within));
    }
    return list;
  }

  /** The texts in an object whose keys are data. */
  Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    fields(name).object().forEach((key, value) -> map.put(key, text(name, value)));
    return map;
  }

  private JsonArray array(String name) {
    return get(name)
        .map(value -> {
          if (value instanceof JsonArray array) {
            return array;
          }
          throw wrong(name, "a list");
        })
        .orElse(JsonValue.EMPTY_JSON_ARRAY);
  }

  private static String text(String name, JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw wrong(name, "a text");
  }

  private static EngineException wrong(String name, String expected) {
    return new EngineException.InvalidParameter(
        "invalid " + name + ": " + expected + " is expected");
  }
}
