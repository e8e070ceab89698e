package io.sockerless.backend;

import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Engine;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Picks the backend that {@code sockerless.backend} names. */
public class EngineProducer {

  static final String BACKEND = "sockerless.backend";
  static final String BACKEND_DEFAULT = "docker";

  /**
   * The engine of this server.
   *
   * @throws IllegalArgumentException for a name that no backend has
   */
  @Produces
  @Singleton
  public Engine engine(Config config) {
    String name = config.getOptionalValue(BACKEND, String.class).orElse(BACKEND_DEFAULT);
    return switch (name) {
      case "docker" -> DockerEngine.from(config);
      default ->
          throw new IllegalArgumentException(
              BACKEND + ": " + name + ": there is no such backend; there is: docker");
    };
  }
}
