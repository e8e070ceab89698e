package io.sockerless.backend.docker;

import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import jakarta.enterprise.context.Dependent;

/** Offers a Docker daemon as a backend. */
@Dependent
public class DockerBackend implements Backend {

  @Override
  public String name() {
    return DockerEngine.NAME;
  }

  @Override
  public Engine create(BackendContext context) {
    return DockerEngine.from(context.config());
  }
}
