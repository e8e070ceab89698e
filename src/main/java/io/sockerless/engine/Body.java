package io.sockerless.engine;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What a request carries: a stream that is read once, or bytes that can be read again.
 *
 * @param length in bytes, or -1 if only the end will tell
 */
public record Body(InputStream stream, long length) {

  /** The largest document that is read into memory, in bytes; what streams is not bounded. */
  public static final int MAX_DOCUMENT = 16 * 1024 * 1024;

  /** Nothing. */
  public static Body none() {
    return of(new byte[0]);
  }

  /** Bytes that are there already. */
  public static Body of(byte[] bytes) {
    return new Body(new ByteArrayInputStream(bytes), bytes.length);
  }

  /**
   * Reads it whole.
   *
   * @throws EngineException.Failure 413 if it is larger than {@link #MAX_DOCUMENT}
   */
  public byte[] bytes() {
    try {
      // Most requests have none, and room to read into is made before anything is read.
      int first = stream.read();
      if (first < 0) {
        return new byte[0];
      }
      byte[] rest = stream.readNBytes(MAX_DOCUMENT);
      if (rest.length == MAX_DOCUMENT) {
        throw new EngineException.Failure(
            413, "request body larger than " + MAX_DOCUMENT + " bytes");
      }
      byte[] bytes = new byte[rest.length + 1];
      bytes[0] = (byte) first;
      System.arraycopy(rest, 0, bytes, 1, rest.length);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads it as a JSON object.
   *
   * @throws EngineException.InvalidParameter if it is none
   */
  public JsonObject document() {
    return parse(bytes());
  }

  /**
   * Reads bytes as a JSON object; none at all is an empty one, as for dockerd's optional bodies,
   * and so is null, by which Go's clients write that they have none.
   *
   * @throws EngineException.InvalidParameter if it is neither
   */
  public static JsonObject parse(byte[] bytes) {
    if (bytes.length == 0) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    return switch (value(bytes)) {
      case JsonObject object -> object;
      case JsonValue value when value.equals(JsonValue.NULL) -> JsonValue.EMPTY_JSON_OBJECT;
      case JsonValue _ ->
          throw new EngineException.InvalidParameter("invalid JSON: an object is expected");
    };
  }

  /**
   * Reads bytes as one value of JSON.
   *
   * @throws EngineException.InvalidParameter in the words of Go's decoder, if they are none
   */
  public static JsonValue value(byte[] bytes) {
    try (JsonParser parser = JsonBuilders.parser(new ByteArrayInputStream(bytes))) {
      parser.next();
      JsonValue value = parser.getValue();
      if (parser.hasNext()) {
        throw new EngineException.InvalidParameter("unexpected content after JSON");
      }
      return value;
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser has no exception of its own for what is nested too deeply.
      throw new EngineException.InvalidParameter(
          JsonSyntax.problem(bytes).orElse("invalid JSON: " + e.getMessage()));
    }
  }
}
