package io.sockerless.backend.core.container;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.util.AbstractMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that stays the bytes it was stored as until somebody looks into it: after a start with
 * thousands of containers few are ever asked for, and the bytes take less room too.
 */
final class StoredJson extends AbstractMap<String, JsonValue> implements JsonObject {

  /** What there is of it: the bytes, or the object once it has been read. */
  private sealed interface Content {
    record Bytes(ByteBuffer text) implements Content {}

    record Read(JsonObject object) implements Content {}
  }

  private volatile Content content;

  /**
   * An object that is not read yet.
   *
   * @param text its JSON in UTF-8; copied, lest the rest of the document stay with it
   */
  StoredJson(ByteBuffer text) {
    byte[] own = new byte[text.remaining()];
    text.duplicate().get(own);
    this.content = new Content.Bytes(ByteBuffer.wrap(own));
  }

  /** Two who come at once both read it, which does no harm. */
  private JsonObject object() {
    return switch (content) {
      case Content.Read read -> read.object();
      case Content.Bytes bytes -> {
        JsonObject object = StoredObject.parse(bytes.text()).asJsonObject();
        content = new Content.Read(object);
        yield object;
      }
    };
  }

  @Override
  public Set<Entry<String, JsonValue>> entrySet() {
    return object().entrySet();
  }

  @Override
  public @Nullable JsonValue get(Object name) {
    return object().get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return object().containsKey(name);
  }

  @Override
  public ValueType getValueType() {
    return ValueType.OBJECT;
  }

  @Override
  public JsonArray getJsonArray(String name) {
    return object().getJsonArray(name);
  }

  @Override
  public JsonObject getJsonObject(String name) {
    return object().getJsonObject(name);
  }

  @Override
  public JsonNumber getJsonNumber(String name) {
    return object().getJsonNumber(name);
  }

  @Override
  public JsonString getJsonString(String name) {
    return object().getJsonString(name);
  }

  @Override
  public String getString(String name) {
    return object().getString(name);
  }

  @Override
  public String getString(String name, String otherwise) {
    return object().getString(name, otherwise);
  }

  @Override
  public int getInt(String name) {
    return object().getInt(name);
  }

  @Override
  public int getInt(String name, int otherwise) {
    return object().getInt(name, otherwise);
  }

  @Override
  public boolean getBoolean(String name) {
    return object().getBoolean(name);
  }

  @Override
  public boolean getBoolean(String name, boolean otherwise) {
    return object().getBoolean(name, otherwise);
  }

  @Override
  public boolean isNull(String name) {
    return object().isNull(name);
  }

  /** As JSON. */
  @Override
  public String toString() {
    return object().toString();
  }
}
