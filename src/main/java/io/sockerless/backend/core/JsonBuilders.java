package io.sockerless.backend.core;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;

/**
 * Makes and reads documents by a provider that is looked up once. {@link jakarta.json.Json} looks
 * it up at every call, which reads files and takes longer than all that is then done with it: a
 * millisecond a document on a busy machine.
 */
public final class JsonBuilders {

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private JsonBuilders() {}

  /** An object to be filled. */
  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  /** An object that begins as a copy. */
  public static JsonObjectBuilder object(JsonObject document) {
    return PROVIDER.createObjectBuilder(document);
  }

  /** An array to be filled. */
  public static JsonArrayBuilder array() {
    return PROVIDER.createArrayBuilder();
  }

  /** A text. */
  public static JsonValue value(String text) {
    return PROVIDER.createValue(text);
  }

  /** A number. */
  public static JsonValue value(int number) {
    return PROVIDER.createValue(number);
  }

  /** Reads an object that we have written. */
  public static JsonObject parse(byte[] bytes) {
    try (JsonReader reader = PROVIDER.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }
}
