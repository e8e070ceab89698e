package io.sockerless.deployed;

import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import jakarta.enterprise.context.Dependent;

/** A backend that somebody else has put beside the application, and nobody has chosen. */
@Dependent
public class BackendOfOthers implements Backend {

  static final String NAME = "others";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Engine create(BackendContext context) {
    throw new IllegalStateException("another backend is configured");
  }
}
