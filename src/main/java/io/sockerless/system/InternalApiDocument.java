package io.sockerless.system;

import io.sockerless.engine.Answer;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The internal API's description, for whoever writes a client. It is written by hand, since the
 * code names paths alone: what an operation reads and answers is the engine's matter.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1</a>
 */
final class InternalApiDocument {

  /** RFC 9512. */
  private static final String YAML = "application/yaml";

  private InternalApiDocument() {}

  /** The document, read anew each time: hardly anybody asks twice. */
  static Answer answer() {
    try (InputStream stream =
        Objects.requireNonNull(
            InternalApiDocument.class.getResourceAsStream("internal-api.yaml"))) {
      byte[] document = stream.readAllBytes();
      return new Answer(
          200,
          "",
          Headers.of("Content-Type", YAML),
          new ByteArrayInputStream(document),
          document.length,
          () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
