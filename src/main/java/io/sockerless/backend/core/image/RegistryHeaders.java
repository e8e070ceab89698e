package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the credentials that came with a request. */
final class RegistryHeaders {

  private RegistryHeaders() {}

  /**
   * Those for one image's registry. {@code X-Registry-Auth} is for the one registry that the
   * request is about; a build's {@code X-Registry-Config} names the registry of each.
   */
  static Credentials credentials(Call call, ImageReference reference) {
    Optional<String> config = call.headers().first("X-Registry-Config");
    return config.isPresent()
        ? read(() -> Credentials.ofConfigHeader(config.get(), reference.domain()))
        : credentials(call);
  }

  /** Those for the registry that the request is about. */
  static Credentials credentials(Call call) {
    return read(() -> Credentials.ofHeader(call.headers().first("X-Registry-Auth").orElse("")));
  }

  private static Credentials read(Supplier<Credentials> header) {
    try {
      return header.get();
    } catch (EngineException e) {
      // Clients without credentials send all kinds of nothing here, and dockerd takes them for
      // none.
      return Credentials.none();
    }
  }
}
