package io.sockerless.backend.core.document;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Map;

/** Makes changed copies of documents, whose other fields stay as they are. */
public final class DocumentChanges {

  private DocumentChanges() {}

  /** Whether a field is there and says something. */
  public static boolean has(JsonObject document, String name) {
    return !document.getOrDefault(name, JsonValue.NULL).equals(JsonValue.NULL);
  }

  /** A list as dockerd shows what it has deleted: null if that is nothing. */
  public static JsonValue orNull(JsonArray list) {
    return list.isEmpty() ? JsonValue.NULL : list;
  }

  /** A copy with one field set. */
  public static JsonObject with(JsonObject document, String name, JsonValue value) {
    return JsonBuilders.object(document).add(name, value).build();
  }

  /** A copy with one field set. */
  public static JsonObject with(JsonObject document, String name, String value) {
    return with(document, name, JsonBuilders.value(value));
  }

  /** A copy without some fields. */
  public static JsonObject without(JsonObject document, String... names) {
    JsonObjectBuilder builder = JsonBuilders.object(document);
    for (String name : names) {
      builder.remove(name);
    }
    return builder.build();
  }

  /** The first document with each field of the second one that says something set. */
  public static JsonObject overlay(JsonObject document, JsonObject over) {
    JsonObjectBuilder builder = JsonBuilders.object(document);
    over.forEach((name, value) -> {
      if (!value.equals(JsonValue.NULL) || !document.containsKey(name)) {
        builder.add(name, value);
      }
    });
    return builder.build();
  }

  /** An array of texts. */
  public static JsonArray array(Collection<String> texts) {
    JsonArrayBuilder builder = JsonBuilders.array();
    texts.forEach(builder::add);
    return builder.build();
  }

  /** An object of texts. */
  public static JsonObject object(Map<String, String> texts) {
    JsonObjectBuilder builder = JsonBuilders.object();
    texts.forEach(builder::add);
    return builder.build();
  }
}
