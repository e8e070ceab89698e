package io.sockerless.policy.request;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads a body so that no two readers can understand it differently. Go's {@code encoding/json},
 * which dockerd uses, takes {@code privileged} for {@code Privileged} and merges what is there
 * twice, where others take the last: a rule that saw one of the two would be blind to the other.
 * What is ambiguous is therefore refused, before anybody decides on it.
 */
public final class StrictJson {

  private static final int MAX_DEPTH = 64;

  /** Fields whose keys are data: those may differ in case alone. */
  private static final Set<String> MAPS =
      Set.of(
          "annotations",
          "config",
          "driveropts",
          "endpointsconfig",
          "exposedports",
          "labels",
          "options",
          "portbindings",
          "storageopt",
          "sysctls",
          "tmpfs",
          "volumes");

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one value.
   *
   * @throws EngineException.InvalidParameter if it is malformed, ambiguous or nested too deeply
   */
  public static JsonValue parse(byte[] bytes) {
    return parse(bytes, "");
  }

  /**
   * Reads an object whose keys are data, as build arguments are.
   *
   * @throws EngineException.InvalidParameter if it is malformed, ambiguous or nested too deeply
   */
  static JsonValue parseMap(byte[] bytes) {
    return parse(bytes, "labels");
  }

  private static JsonValue parse(byte[] bytes, String field) {
    try (JsonParser parser = JsonBuilders.parser(new StringReader(decode(bytes)))) {
      StrictJson reader = new StrictJson(parser);
      JsonValue value = reader.value(parser.next(), field, 0);
      if (parser.hasNext()) {
        throw refused("there is more than one value");
      }
      return value;
    } catch (JsonException
        | NoSuchElementException
        | IllegalStateException
        | UnsupportedOperationException e) {
      // The last is what the parser has for a number of too many digits.
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  /** A key as Go compares it with the name of a field. */
  static String fold(String key) {
    StringBuilder folded = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); ) {
      int c = key.codePointAt(i);
      folded.appendCodePoint(fold(c));
      i += Character.charCount(c);
    }
    return folded.toString();
  }

  private static int fold(int c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /**
   * Whether a key means a field. It is asked for each of Docker's fields that a body has not, so it
   * makes no texts; whatever is folded to a letter of ASCII is one character, as that letter is.
   *
   * @param name in ASCII, as all names of Docker's fields are
   */
  static boolean means(String key, String name) {
    if (key.length() != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char given = key.charAt(i);
      char wanted = name.charAt(i);
      if (given != wanted && fold(given) != fold(wanted)) {
        return false;
      }
    }
    return true;
  }

  private JsonValue value(JsonParser.Event event, String field, int depth) {
    if (depth > MAX_DEPTH) {
      throw refused("nested deeper than " + MAX_DEPTH);
    }
    return switch (event) {
      case START_OBJECT -> object(MAPS.contains(field), depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getValue();
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw refused("a value is expected");
    };
  }

  private JsonValue object(boolean map, int depth) {
    JsonObjectBuilder object = JsonBuilders.object();
    Set<String> keys = new HashSet<>();
    while (parser.next() == JsonParser.Event.KEY_NAME) {
      String key = parser.getString();
      check(key);
      String folded = fold(key);
      if (!keys.add(map ? key : folded)) {
        throw refused("the key \"" + key + "\" is there more than once");
      }
      object.add(key, value(parser.next(), folded, depth + 1));
    }
    return object.build();
  }

  private JsonValue array(int depth) {
    JsonArrayBuilder array = JsonBuilders.array();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      array.add(value(event, "", depth + 1));
    }
    return array.build();
  }

  private static JsonValue text(String text) {
    check(text);
    return JsonBuilders.value(text);
  }

  /** Half a character would be written as another one than was read. */
  private static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw refused("a text is not Unicode");
        }
        i++;
      }
    }
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8");
    }
  }

  private static EngineException refused(String problem) {
    return new EngineException.InvalidParameter("invalid JSON: " + problem);
  }
}
