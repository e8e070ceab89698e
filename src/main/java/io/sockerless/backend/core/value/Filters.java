package io.sockerless.backend.core.value;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a list or a prune is narrowed by: values by the filter's name. Values of one name are
 * alternatives but for {@code label} and {@code label!}, which must hold all.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/">the parameter {@code
 *     filters} of each list</a>
 */
public record Filters(Map<String, List<String>> values) {

  /**
   * Reads the parameter {@code filters}, as {@code {"label":["a=b"]}} or in the old form {@code
   * {"label":{"a=b":true}}}.
   *
   * @param known the names that the operation takes
   * @throws EngineException.InvalidParameter for another name, or what is no such JSON
   */
  public static Filters of(Query query, Set<String> known) {
    Filters filters = of(query);
    for (String name : filters.values.keySet()) {
      if (!known.contains(name)) {
        throw new EngineException.InvalidParameter("invalid filter '" + name + "'");
      }
    }
    return filters;
  }

  /**
   * Reads the same, for an operation that takes no notice of names that it does not know.
   *
   * @throws EngineException.InvalidParameter for what is no such JSON
   */
  public static Filters of(Query query) {
    String text = query.first("filters").orElse("");
    if (text.isBlank()) {
      return new Filters(Map.of());
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      if (!(reader.readValue() instanceof JsonObject object)) {
        throw new EngineException.InvalidParameter("invalid filter: an object is expected");
      }
      object.forEach((name, value) -> values.put(name, values(name, value)));
    } catch (JsonException e) {
      throw new EngineException.InvalidParameter("invalid filter: " + e.getMessage());
    }
    return new Filters(values);
  }

  private static List<String> values(String name, JsonValue value) {
    return switch (value) {
      case JsonArray array -> array.getValuesAs(item -> text(name, item));
      case JsonObject old -> List.copyOf(old.keySet());
      default -> throw malformed(name);
    };
  }

  private static String text(String name, JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw malformed(name);
  }

  private static EngineException malformed(String name) {
    return new EngineException.InvalidParameter(
        "invalid filter '" + name + "': a list of strings is expected");
  }

  /** Whether the filter was given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The values of a filter, none if it was not given. */
  public List<String> get(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether the filter was not given, or one of its values passes. */
  public boolean any(String name, Predicate<String> test) {
    return !has(name) || get(name).stream().anyMatch(test);
  }

  /**
   * Whether the filter was not given, or one of its values is the text or a pattern that is found
   * in it, as Docker compares names and ids.
   */
  public boolean matches(String name, String text) {
    return any(name, wanted -> wanted.equals(text) || isFoundIn(text, wanted));
  }

  private static boolean isFoundIn(String text, String pattern) {
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /**
   * A filter of a truth value.
   *
   * @throws EngineException.InvalidParameter if it is given and is none
   */
  public boolean flag(String name, boolean otherwise) {
    List<String> given = new ArrayList<>(get(name));
    if (given.isEmpty()) {
      return otherwise;
    }
    return GoValues.truth(given.getFirst())
        .orElseThrow(() ->
            new EngineException.InvalidParameter("invalid filter '" + name + "=" + given + "'"));
  }

  /**
   * Whether an object passes by its labels: it has all that are asked for, and none of the
   * unwanted.
   */
  public boolean labels(Map<String, String> labels) {
    return get("label").stream().allMatch(wanted -> has(labels, wanted))
        && get("label!").stream().noneMatch(unwanted -> has(labels, unwanted));
  }

  private static boolean has(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
