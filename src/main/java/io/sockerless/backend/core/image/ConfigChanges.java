package io.sockerless.backend.core.image;

import jakarta.json.JsonObject;
import java.util.List;

/** Applies the Dockerfile instructions of an import to what containers of it inherit. */
@FunctionalInterface
public interface ConfigChanges {

  /**
   * Applies them in order.
   *
   * @param config the Docker API's {@code ContainerConfig}
   * @throws io.sockerless.engine.EngineException.InvalidParameter for what is no such instruction
   */
  JsonObject apply(JsonObject config, List<String> changes);
}
