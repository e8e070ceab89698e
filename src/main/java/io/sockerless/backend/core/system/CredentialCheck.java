package io.sockerless.backend.core.system;

import jakarta.json.JsonObject;

/** Checks credentials with the registry that they are for. */
@FunctionalInterface
public interface CredentialCheck {

  /**
   * Logs in.
   *
   * @param authConfig the Docker API's {@code AuthConfig}
   * @return a token to use instead of the password, empty if the registry gives none
   * @throws io.sockerless.engine.EngineException if the registry refuses, or is not there
   */
  String login(JsonObject authConfig);
}
