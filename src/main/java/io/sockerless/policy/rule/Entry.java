package io.sockerless.policy.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the policy's document, with its place in it for errors; what is asked of it in
 * another form than it has is an error, and so is a key that nobody asks for.
 *
 * @param place such as {@code rule 3: when}
 */
record Entry(String place, Map<?, ?> values) {

  static Entry of(String place, @Nullable Object value) throws PolicyException {
    if (value instanceof Map<?, ?> map) {
      return new Entry(place, map);
    }
    throw new PolicyException(place + ": a mapping is expected");
  }

  void allow(Set<String> keys) throws PolicyException {
    for (Object key : values.keySet()) {
      if (!(key instanceof String text) || !keys.contains(text)) {
        throw new PolicyException(
            place + ": there is no key " + key + "; there are: " + String.join(", ", keys));
      }
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<Entry> entry(String key) throws PolicyException {
    return has(key) ? Optional.of(of(place + ": " + key, values.get(key))) : Optional.empty();
  }

  Optional<String> text(String key) throws PolicyException {
    return has(key) ? Optional.of(scalar(key, values.get(key))) : Optional.empty();
  }

  /** A list of texts, or a single one. */
  List<String> texts(String key) throws PolicyException {
    List<String> texts = new ArrayList<>();
    if (has(key)) {
      for (Object value : values.get(key) instanceof List<?> list ? list : List.of(one(key))) {
        texts.add(scalar(key, value));
      }
    }
    return texts;
  }

  /** The values of a mapping by their keys. */
  Map<String, String> map() throws PolicyException {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> value : values.entrySet()) {
      String key = String.valueOf(value.getKey());
      map.put(key, scalar(key, value.getValue()));
    }
    return map;
  }

  List<?> list(String key) throws PolicyException {
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    throw new PolicyException(place + ": " + key + ": a list is expected");
  }

  private Object one(String key) throws PolicyException {
    Object value = values.get(key);
    if (value == null) {
      throw new PolicyException(place + ": " + key + ": there is no value");
    }
    return value;
  }

  private String scalar(String key, @Nullable Object value) throws PolicyException {
    return switch (value) {
      case String text when !text.isBlank() -> text;
      case Boolean truth -> truth.toString();
      case Number number -> number.toString();
      case null, default -> throw new PolicyException(place + ": " + key + ": a text is expected");
    };
  }
}
