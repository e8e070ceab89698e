package io.sockerless.backend.core;

import java.util.Optional;

/** Something that is made after those who ask for it, and never changes then. */
final class Late<T> {

  private volatile Optional<T> value = Optional.empty();

  void set(T made) {
    value = Optional.of(made);
  }

  T get() {
    return value.orElseThrow(() -> new IllegalStateException("the server is still starting"));
  }
}
