package io.sockerless.backend.core.document;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads parts of documents as Docker's clients send them: what is absent, null or of another type
 * is as good as empty.
 */
public final class Documents {

  private Documents() {}

  /** A member that is an object, or an empty one. */
  public static JsonObject object(JsonObject document, String name) {
    return document.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** A member that is an array, or an empty one. */
  public static JsonArray array(JsonObject document, String name) {
    return document.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** The objects in a member that is an array. */
  public static List<JsonObject> objects(JsonObject document, String name) {
    return objects(array(document, name));
  }

  /** The objects in an array. */
  public static List<JsonObject> objects(JsonArray array) {
    List<JsonObject> objects = new ArrayList<>(array.size());
    array.forEach(item -> {
      if (item instanceof JsonObject object) {
        objects.add(object);
      }
    });
    return objects;
  }

  /** The strings in a member that is an array. */
  public static List<String> strings(JsonObject document, String name) {
    List<String> strings = new ArrayList<>();
    array(document, name)
        .forEach(item -> {
          if (item instanceof JsonString string) {
            strings.add(string.getString());
          }
        });
    return strings;
  }

  /** A member that is a map of strings, such as labels; in the order it was written. */
  public static Map<String, String> map(JsonObject document, String name) {
    Map<String, String> map = new LinkedHashMap<>();
    object(document, name)
        .forEach((key, value) -> {
          if (value instanceof JsonString string) {
            map.put(key, string.getString());
          }
        });
    return map;
  }

  /** A member that is a string, or an empty one. */
  public static String string(JsonObject document, String name) {
    return document.get(name) instanceof JsonString string ? string.getString() : "";
  }

  /** A member that is a number, or zero. */
  public static long number(JsonObject document, String name) {
    return document.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  /** Whether a member is {@code true}. */
  public static boolean flag(JsonObject document, String name) {
    return JsonValue.TRUE.equals(document.get(name));
  }
}
