package io.sockerless.backend.spi;

import io.sockerless.engine.Engine;

/**
 * Something that runs containers, and that the setting {@code sockerless.backend} may name. Each
 * bean of this type is one: those of this application, and those of whatever jar is put beside it.
 *
 * @see io.sockerless.backend.core.CoreBuilder
 */
public interface Backend {

  /** What the setting calls it: lower case letters and digits, and no other backend's name. */
  String name();

  /**
   * Makes the engine of this server; asked once at most, and only of the backend that is chosen. An
   * engine that is {@link java.io.Closeable} is closed when the server stops.
   *
   * @throws RuntimeException if it cannot be made, which keeps the server from starting
   */
  Engine create(BackendContext context);
}
