package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.backend.core.driver.ContainerFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The container of one step: its files, what changed in them, and room for what the step needs. */
abstract class StepContainer implements AutoCloseable {

  /** Where a script of the Dockerfile is while it runs; no image keeps it. */
  static final String SCRIPT = "/.sockerless-build-script";

  private static final int SCRIPT_MODE = 0755;

  private final Path scratch;

  /** Keeps what the step needs in an empty folder of this machine. */
  StepContainer(Path scratch) {
    this.scratch = scratch;
  }

  /** 64 hexadecimal digits. */
  abstract String id();

  abstract ContainerFiles files();

  /** A file of this machine for whatever the step needs; gone with the container. */
  final Path scratch(String name) {
    return scratch.resolve(name);
  }

  /** Puts a script where it can be executed. */
  void addScript(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(tar)) {
      writer.put(
          new TarEntry(
              SCRIPT.substring(1),
              TarEntry.Kind.FILE,
              SCRIPT_MODE,
              0,
              0,
              Instant.EPOCH,
              "",
              0,
              0,
              bytes.length),
          new ByteArrayInputStream(bytes));
    }
    files().putArchive("/", new ByteArrayInputStream(tar.toByteArray()), false, true);
  }

  /** What the step changed, as a layer's tar file; empty if it changed nothing. */
  Optional<Path> layer() throws IOException {
    boolean scripted = false;
    boolean changed = false;
    for (ContainerFiles.Change change : files().changes()) {
      scripted |= change.path().equals(SCRIPT);
      changed |= !change.path().equals(SCRIPT);
    }
    if (!changed) {
      return Optional.empty();
    }
    Path layer = scratch("layer.tar");
    try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(layer))) {
      files().writeLayer(target);
    }
    return Optional.of(scripted ? withoutScript(layer) : layer);
  }

  private Path withoutScript(Path layer) throws IOException {
    Path filtered = scratch("filtered.tar");
    try (TarReader reader = new TarReader(new BufferedInputStream(Files.newInputStream(layer)));
        OutputStream target = new BufferedOutputStream(Files.newOutputStream(filtered));
        TarWriter writer = new TarWriter(target)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (!PathText.clean("/" + next.get().name()).equals(SCRIPT)) {
          writer.put(next.get(), reader.content());
        }
      }
    }
    return filtered;
  }

  /** Takes away all that nobody wants to keep. */
  @Override
  public abstract void close();
}
