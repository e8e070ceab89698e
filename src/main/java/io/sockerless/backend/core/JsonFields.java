package io.sockerless.backend.core;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads fields of documents that clients wrote, where a field may be missing, null or of another
 * type than it should be, and makes changed copies.
 */
public final class JsonFields {

  private JsonFields() {}

  /** An object, empty if there is none. */
  public static JsonObject object(JsonObject document, String name) {
    return document.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** An array, empty if there is none. */
  public static JsonArray array(JsonObject document, String name) {
    return document.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** A text, empty if there is none. */
  public static String text(JsonObject document, String name) {
    return document.get(name) instanceof JsonString text ? text.getString() : "";
  }

  /** A number, 0 if there is none. */
  public static long number(JsonObject document, String name) {
    return document.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  /** A truth value, false if there is none. */
  public static boolean flag(JsonObject document, String name) {
    return document.get(name) == JsonValue.TRUE || JsonValue.TRUE.equals(document.get(name));
  }

  /** Whether a field is there and says something. */
  public static boolean has(JsonObject document, String name) {
    return !document.getOrDefault(name, JsonValue.NULL).equals(JsonValue.NULL);
  }

  /** The texts of an array; a single text is a list of one. */
  public static List<String> texts(JsonObject document, String name) {
    return switch (document.getOrDefault(name, JsonValue.NULL)) {
      case JsonArray array ->
          array.stream()
              .filter(JsonString.class::isInstance)
              .map(value -> ((JsonString) value).getString())
              .toList();
      case JsonString text -> List.of(text.getString());
      default -> List.of();
    };
  }

  /** An object of texts, such as labels. */
  public static Map<String, String> map(JsonObject document, String name) {
    Map<String, String> map = new LinkedHashMap<>();
    object(document, name).forEach((key, value) -> {
      if (value instanceof JsonString text) {
        map.put(key, text.getString());
      }
    });
    return map;
  }

  /** A copy with one field set. */
  public static JsonObject with(JsonObject document, String name, JsonValue value) {
    return Json.createObjectBuilder(document).add(name, value).build();
  }

  /** A copy with one field set. */
  public static JsonObject with(JsonObject document, String name, String value) {
    return with(document, name, Json.createValue(value));
  }

  /** A copy without some fields. */
  public static JsonObject without(JsonObject document, String... names) {
    JsonObjectBuilder builder = Json.createObjectBuilder(document);
    for (String name : names) {
      builder.remove(name);
    }
    return builder.build();
  }

  /** The first document with each field of the second one that says something set. */
  public static JsonObject overlay(JsonObject document, JsonObject over) {
    JsonObjectBuilder builder = Json.createObjectBuilder(document);
    over.forEach((name, value) -> {
      if (!value.equals(JsonValue.NULL) || !document.containsKey(name)) {
        builder.add(name, value);
      }
    });
    return builder.build();
  }

  /** An array of texts. */
  public static JsonArray array(Collection<String> texts) {
    JsonArrayBuilder builder = Json.createArrayBuilder();
    texts.forEach(builder::add);
    return builder.build();
  }

  /** An object of texts. */
  public static JsonObject object(Map<String, String> texts) {
    JsonObjectBuilder builder = Json.createObjectBuilder();
    texts.forEach(builder::add);
    return builder.build();
  }
}
