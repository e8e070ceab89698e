package io.sockerless.backend.core.registry;

import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonSyntax;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;

/**
 * What a registry's or a token server's answer of 4xx says in its body. Names are read in capital
 * and small letters alike, as Go reads them: there are servers that count on it.
 *
 * @param code of the first error, empty if the document names none
 * @param message the first error's own, empty if it has none
 * @param details what some servers say in the place of errors
 * @param problem why this is no document with errors, in Go's words
 */
record ErrorDocument(String code, String message, String details, String problem) {

  private static final String NO_ERRORS = "no error details found in HTTP response body";

  /** Reads a body, whatever it is. */
  static ErrorDocument of(byte[] body) {
    JsonValue value;
    try {
      value = Body.value(body);
    } catch (EngineException.InvalidParameter e) {
      return none("", JsonSyntax.problemOfWhole(body).orElse(RegistryErrors.text(e)));
    }
    if (!(value instanceof JsonObject document)) {
      String type = value.getValueType().name().replaceAll("TRUE|FALSE", "bool");
      return none(
          "",
          "json: cannot unmarshal "
              + type.toLowerCase(Locale.ROOT)
              + " into Go value of type struct { Errors []errcode.Error }");
    }
    if (get(document, "errors") instanceof JsonArray errors
        && !errors.isEmpty()
        && errors.getFirst() instanceof JsonObject error) {
      String code = string(error, "code");
      return new ErrorDocument(code.isEmpty() ? "UNKNOWN" : code, string(error, "message"), "", "");
    }
    return none(string(document, "details"), NO_ERRORS);
  }

  private static ErrorDocument none(String details, String problem) {
    return new ErrorDocument("", "", details, problem);
  }

  /** Whether it has an error in the form of the specification. */
  boolean hasErrors() {
    return !code.isEmpty();
  }

  private static String string(JsonObject object, String name) {
    return get(object, name) instanceof JsonString text ? text.getString() : "";
  }

  private static JsonValue get(JsonObject object, String name) {
    return object.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .reduce(JsonValue.NULL, (first, last) -> last);
  }
}
