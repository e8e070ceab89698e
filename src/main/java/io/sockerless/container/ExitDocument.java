package io.sockerless.container;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** What a wait answers: {@code {"StatusCode": N}}, and an error only where there is one. */
final class ExitDocument {

  private static final String ERROR = "Error";

  private ExitDocument() {}

  /** The document without Docker's {@code "Error": null}. */
  static JsonObject of(JsonObject document) {
    if (!document.getOrDefault(ERROR, JsonValue.NULL).equals(JsonValue.NULL)) {
      return document;
    }
    JsonObjectBuilder exit = JsonBuilders.object(document);
    return exit.remove(ERROR).build();
  }
}
