package io.sockerless.backend.core.registry;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/**
 * What names a piece of content: its type, its digest and its size in bytes.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI content
 *     descriptors</a>
 */
public record Descriptor(String mediaType, Digest digest, long size, Optional<Platform> platform) {

  /** A descriptor without a platform. */
  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Optional.empty());
  }

  /**
   * Reads one.
   *
   * @throws IOException if it has no digest, or a negative size
   */
  public static Descriptor of(JsonObject document) throws IOException {
    Digest digest =
        Digest.parse(document.getString("digest", ""))
            .orElseThrow(() -> new IOException("invalid descriptor: no valid digest"));
    long size = document.get("size") instanceof JsonNumber number ? number.longValue() : 0;
    if (size < 0) {
      throw new IOException("invalid descriptor: negative size of " + digest);
    }
    Optional<Platform> platform =
        document.get("platform") instanceof JsonObject given
            ? Optional.of(Platform.of(given))
            : Optional.empty();
    return new Descriptor(document.getString("mediaType", ""), digest, size, platform);
  }

  /** Writes it. */
  public JsonObject document() {
    return JsonBuilders.object()
        .add("mediaType", mediaType)
        .add("digest", digest.toString())
        .add("size", size)
        .build();
  }
}
