package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The image that serves for {@code alpine} and {@code busybox} where no registry answers, so that a
 * first container runs without a network, and for Testcontainers' reaper, which goes with whatever
 * it runs. It is made here, and says so in its labels.
 */
final class EmbeddedImage {

  private static final String CREATED = "2026-01-01T00:00:00Z";
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String REAPER = "testcontainers/ryuk";
  private static final String DESCRIPTION =
      "A small root file system made by Sockerless; it is served where no registry answers";

  private final Supplier<List<String>> utilities;
  private final ContentStore content;

  /**
   * Makes nothing yet.
   *
   * @param utilities the names of the commands that whatever runs the containers has
   */
  EmbeddedImage(Supplier<List<String>> utilities, ContentStore content) {
    this.utilities = utilities;
    this.content = content;
  }

  /** Whether it may stand for an image of that name, for this machine's platform or any. */
  boolean serves(ImageReference reference, Optional<Platform> platform) {
    return platform.map(wanted -> wanted.accepts(Platform.host())).orElse(true)
        && reference.digest().isEmpty()
        && reference.domain().equals(ImageReference.DOCKER_HUB)
        && (reference.path().equals("library/alpine")
            || reference.path().equals("library/busybox")
            || reference.path().equals(REAPER));
  }

  /** The image for a name that it serves, with its content here; not listed yet. */
  ImageRecord make(ImageReference reference) throws IOException {
    String command = reference.path().equals(REAPER) ? "/bin/ryuk" : "/bin/sh";
    Path file = content.fresh();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        new EmbeddedFiles(utilities.get()).write(out);
      }
      Digest diffId;
      try (InputStream in = Files.newInputStream(file)) {
        diffId = new LayerWriter(content).write(in, Optional.empty());
      }
      JsonObject document = document(diffId, command);
      Digest id = content.putText(document.toString());
      ImageRecord image =
          new ImageRecord(
              id, document, Optional.empty(), "", content.layerSize(diffId), Optional.empty());
      return image;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static JsonObject document(Digest diffId, String command) {
    Platform host = Platform.host();
    return JsonBuilders.object()
        .add("architecture", host.architecture())
        .add("os", host.os())
        .add("created", CREATED)
        .add(
            "config",
            JsonBuilders.object()
                .add("Env", JsonBuilders.array().add(PATH))
                .add("Cmd", JsonBuilders.array().add(command))
                .add("WorkingDir", "/")
                .add(
                    "Labels",
                    JsonBuilders.object()
                        .add("io.sockerless.embedded", "true")
                        .add("org.opencontainers.image.description", DESCRIPTION)))
        .add(
            "rootfs",
            JsonBuilders.object()
                .add("type", "layers")
                .add("diff_ids", JsonBuilders.array().add(diffId.toString())))
        .add(
            "history",
            JsonBuilders.array()
                .add(
                    JsonBuilders.object()
                        .add("created", CREATED)
                        .add("created_by", "sockerless")
                        .add("comment", DESCRIPTION)))
        .build();
  }
}
