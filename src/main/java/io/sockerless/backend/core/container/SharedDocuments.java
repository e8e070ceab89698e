package io.sockerless.backend.core.container;

import jakarta.json.JsonValue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps equal documents once: of 100,000 containers, most have one of a few host configurations,
 * which is the larger part of what is known of each.
 */
final class SharedDocuments {

  private static final int MAX = 4096;

  private final ConcurrentMap<JsonValue, JsonValue> known = new ConcurrentHashMap<>();

  /** The document, or an equal one that is there already. */
  JsonValue share(JsonValue document) {
    if (known.size() >= MAX) {
      known.clear();
    }
    JsonValue present = known.putIfAbsent(document, document);
    return present == null ? document : present;
  }
}
