package io.sockerless.backend.core.container;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What the Docker API's documents say where a client said nothing: every field is there, as clients
 * expect it.
 */
final class Defaults {

  /** {@code ContainerConfig}. */
  static final JsonObject CONFIG = read("config.json");

  /** {@code HostConfig}. */
  static final JsonObject HOST_CONFIG = read("host-config.json");

  private Defaults() {}

  private static JsonObject read(String name) {
    try (InputStream stream = Defaults.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing");
      }
      try (JsonReader reader = JsonBuilders.reader(stream)) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
