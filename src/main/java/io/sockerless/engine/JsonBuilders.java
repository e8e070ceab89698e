package io.sockerless.engine;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collection;

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

  /** An array that begins as a copy, of texts or of documents. */
  public static JsonArrayBuilder array(Collection<?> values) {
    return PROVIDER.createArrayBuilder(values);
  }

  /** A text. */
  public static JsonValue value(String text) {
    return PROVIDER.createValue(text);
  }

  /** A number. */
  public static JsonValue value(int number) {
    return PROVIDER.createValue(number);
  }

  /** Reads what is in one of JSON's encodings, piece by piece. */
  public static JsonParser parser(InputStream bytes) {
    return PROVIDER.createParser(bytes);
  }

  /** Reads what is in one of JSON's encodings. */
  public static JsonReader reader(InputStream bytes) {
    return PROVIDER.createReader(bytes);
  }

  /** Reads a text. */
  public static JsonReader reader(Reader text) {
    return PROVIDER.createReader(text);
  }

  /** Reads a text piece by piece. */
  public static JsonParser parser(Reader text) {
    return PROVIDER.createParser(text);
  }

  /** Reads an object that we have written. */
  public static JsonObject parse(byte[] bytes) {
    try (JsonReader reader = reader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }
}
