package io.sockerless.backend.core.build;

import io.sockerless.engine.EngineException;

/** Says that something is BuildKit's alone. */
final class NeedsBuildKit {

  private NeedsBuildKit() {}

  /** An option of an instruction. */
  static EngineException option(String name) {
    return new EngineException.InvalidParameter(
        "the --"
            + name
            + " option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn"
            + " how to build images with BuildKit enabled");
  }
}
