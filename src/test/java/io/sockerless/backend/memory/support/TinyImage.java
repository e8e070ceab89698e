package io.sockerless.backend.memory.support;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The image {@code tiny:1} of two files, which the sandbox takes for its own shell and sleep. */
public final class TinyImage {

  private TinyImage() {}

  /** Brings it into an engine. */
  public static void importInto(Engine engine) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] magic = "\0sockerless-utility\n".getBytes(StandardCharsets.UTF_8);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : List.of("bin/sh", "bin/sleep")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(0755);
        entry.setSize(magic.length);
        tar.putArchiveEntry(entry);
        tar.write(magic);
        tar.closeArchiveEntry();
      }
    }
    engine
        .images()
        .create(
            Call.of(Query.none().and("fromSrc", "-").and("repo", "tiny").and("tag", "1"))
                .with(Body.of(bytes.toByteArray())))
        .bytes();
  }
}
