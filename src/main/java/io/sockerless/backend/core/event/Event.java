package io.sockerless.backend.core.event;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that happened.
 *
 * @param type such as {@code container}
 * @param action in Docker's words
 * @param id the actor's
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/System">Docker
 *     Engine API, EventMessage</a>
 */
record Event(
    Instant time, String type, String action, String id, SortedMap<String, String> attributes) {

  /** Where everything happens that is not a swarm's. */
  static final String SCOPE = "local";

  static Event of(
      Instant time, String type, String action, String id, Map<String, String> attributes) {
    return new Event(
        time, type, action, id, Collections.unmodifiableSortedMap(new TreeMap<>(attributes)));
  }

  /** An attribute, empty if it is not there. */
  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }

  /** As clients get it, with the old fields that dockerd still writes for containers and images. */
  JsonObject document() {
    JsonObjectBuilder document = JsonBuilders.object();
    boolean container = type.equals("container");
    if (container || type.equals("image")) {
      document.add("status", action).add("id", id);
    }
    if (container && !attribute("image").isEmpty()) {
      document.add("from", attribute("image"));
    }
    JsonObjectBuilder named = JsonBuilders.object();
    attributes.forEach(named::add);
    return document
        .add("Type", type)
        .add("Action", action)
        .add("Actor", JsonBuilders.object().add("ID", id).add("Attributes", named))
        .add("scope", SCOPE)
        .add("time", time.getEpochSecond())
        .add("timeNano", time.getEpochSecond() * 1_000_000_000L + time.getNano())
        .build();
  }
}
