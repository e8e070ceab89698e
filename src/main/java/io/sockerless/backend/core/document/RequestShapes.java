package io.sockerless.backend.core.document;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a request's document as dockerd's decoder does: a value of the wrong type is refused before
 * anything is made of it, and a field is found whatever the case of its name. Fields that nobody
 * knows stay as they are.
 *
 * @see <a href="https://pkg.go.dev/encoding/json#Unmarshal">Go's decoder</a>
 */
public final class RequestShapes {

  /** The types, each by its fields, in Go's notation. */
  private static final Map<String, Map<String, Field>> SHAPES = read("request-shapes.json");

  /** How many bits an integer has beside its sign. */
  private static final Map<String, Integer> INTEGERS =
      Map.of("int", 63, "int64", 63, "uint", 64, "uint16", 16, "uint32", 32, "uint64", 64);

  /**
   * The types whose empty fields dockerd leaves out when it shows them again: a client that wrote
   * null finds nothing there.
   */
  private static final Set<String> WITHOUT_EMPTY =
      Set.of(
          "container.HealthConfig",
          "mount.Mount",
          "mount.BindOptions",
          "mount.VolumeOptions",
          "mount.Driver",
          "mount.ImageOptions",
          "mount.TmpfsOptions",
          "network.IPAMConfig",
          "network.EndpointIPAMConfig");

  private static final String LIST = "[]";
  private static final String MAP = "map[string]";

  /** A field by its own name, which clients may write in any case. */
  private record Field(String name, String type) {}

  private RequestShapes() {}

  private static Map<String, Map<String, Field>> read(String name) {
    try (InputStream stream = RequestShapes.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing");
      }
      try (JsonReader reader = JsonBuilders.reader(stream)) {
        Map<String, Map<String, Field>> shapes = new HashMap<>();
        reader
            .readObject()
            .forEach((type, fields) -> shapes.put(type, fields(fields.asJsonObject())));
        return shapes;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Field> fields(JsonObject document) {
    Map<String, Field> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    document.forEach(
        (name, type) -> fields.put(name, new Field(name, ((JsonString) type).getString())));
    return Collections.unmodifiableMap(fields);
  }

  /**
   * A call's document with its fields under their own names.
   *
   * @param type of the Docker API's Go package, such as {@code container.CreateRequest}
   * @throws EngineException.InvalidParameter in Go's words, with the field, for a wrong type, and
   *     for a call without a document or with something else
   */
  public static JsonObject document(Call call, String type) {
    checkType(call);
    byte[] bytes = call.body().bytes();
    if (bytes.length == 0) {
      throw new EngineException.InvalidParameter(
          "invalid JSON: got EOF while reading request body");
    }
    return switch (Body.value(bytes)) {
      case JsonObject document -> object("", document, type);
      case JsonValue value when value.equals(JsonValue.NULL) -> JsonValue.EMPTY_JSON_OBJECT;
      case JsonValue value -> throw mismatch(kind(value), "Go value", "", type);
    };
  }

  /**
   * Refuses a body that does not say to be a document, before it is read.
   *
   * @throws EngineException.InvalidParameter in dockerd's words, unless there is neither a type nor
   *     a body
   */
  public static void checkType(Call call) {
    String type = call.headers().first("Content-Type").orElse("");
    if (type.isBlank()) {
      if (call.body().length() == 0) {
        return;
      }
      throw new EngineException.InvalidParameter(
          "malformed Content-Type header (" + type + "): mime: no media type");
    }
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new EngineException.InvalidParameter(
          "unsupported Content-Type header (" + type + "): must be 'application/json'");
    }
  }

  private static JsonObject object(String path, JsonObject given, String type) {
    Map<String, Field> fields = SHAPES.getOrDefault(type, Map.of());
    JsonObjectBuilder named = JsonBuilders.object();
    given.forEach((name, value) -> {
      Field field = fields.get(name);
      if (field == null) {
        named.add(name, value);
      } else if (!value.equals(JsonValue.NULL) || !WITHOUT_EMPTY.contains(type)) {
        named.add(
            field.name(),
            value("Go struct field ", path + "." + field.name(), value, field.type()));
      }
    });
    return named.build();
  }

  private static JsonValue value(String what, String path, JsonValue value, String type) {
    if (value.equals(JsonValue.NULL)) {
      return value;
    }
    return switch (value) {
      case JsonString text when type.equals("string") || type.equals("strslice") -> text;
      case JsonNumber number when INTEGERS.containsKey(type) -> integer(what, path, number, type);
      case JsonArray array when type.equals("strslice") -> array(path, array, "string");
      case JsonArray array when type.startsWith(LIST) ->
          array(path, array, type.substring(LIST.length()));
      case JsonObject object when type.startsWith(MAP) ->
          map(path, object, type.substring(MAP.length()));
      case JsonObject object when SHAPES.containsKey(type) -> object(path, object, type);
      case JsonObject object when type.equals("struct {}") -> object;
      default -> {
        if (type.equals("bool")
            && (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE))) {
          yield value;
        }
        throw mismatch(kind(value), what, path, type.equals("strslice") ? "[]string" : type);
      }
    };
  }

  private static JsonValue integer(String what, String path, JsonNumber number, String type) {
    if (!number.isIntegral() || !fits(number.bigIntegerValue(), type)) {
      throw mismatch("number " + number, what, path, type);
    }
    return number;
  }

  private static boolean fits(BigInteger number, String type) {
    return number.bitLength() <= INTEGERS.getOrDefault(type, 0)
        && (number.signum() >= 0 || !type.startsWith("u"));
  }

  private static JsonValue array(String path, JsonArray array, String type) {
    JsonArrayBuilder checked = JsonBuilders.array();
    for (int i = 0; i < array.size(); i++) {
      checked.add(value("", path + "." + i, array.get(i), type));
    }
    return checked.build();
  }

  private static JsonValue map(String path, JsonObject object, String type) {
    JsonObjectBuilder checked = JsonBuilders.object();
    object.forEach((name, value) -> checked.add(name, value("", path + "." + name, value, type)));
    return checked.build();
  }

  private static String kind(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE, FALSE -> "bool";
      case ARRAY -> "array";
      case OBJECT -> "object";
      case STRING -> "string";
      case NUMBER -> "number";
      case NULL -> "null";
    };
  }

  private static EngineException mismatch(String kind, String what, String path, String type) {
    return new EngineException.InvalidParameter(
        "invalid JSON: json: cannot unmarshal "
            + kind
            + " into "
            + what
            + path
            + " of type "
            + type);
  }
}
