package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.kernel.Program;
import java.util.Map;
import java.util.Optional;

/** The utilities that pack and compress files, by the names they are called by. */
public final class ArchiveUtilities {

  private static final Map<String, Program> PROGRAMS =
      Map.ofEntries(
          Map.entry("ar", new Ar()),
          Map.entry("bunzip2", new Compress(Optional.of(Format.BZIP2), true, false)),
          Map.entry("bzcat", new Compress(Optional.of(Format.BZIP2), true, true)),
          Map.entry("bzip2", new Compress(Optional.of(Format.BZIP2), false, false)),
          Map.entry("cpio", new Cpio()),
          Map.entry("gunzip", new Compress(Optional.of(Format.GZIP), true, false)),
          Map.entry("gzip", new Compress(Optional.of(Format.GZIP), false, false)),
          Map.entry("lzcat", new Compress(Optional.of(Format.LZMA), true, true)),
          Map.entry("lzma", new Compress(Optional.of(Format.LZMA), false, false)),
          Map.entry("tar", new Tar()),
          Map.entry("unlzma", new Compress(Optional.of(Format.LZMA), true, false)),
          Map.entry("unxz", new Compress(Optional.of(Format.XZ), true, false)),
          Map.entry("unzip", new Unzip()),
          Map.entry("xz", new Compress(Optional.of(Format.XZ), false, false)),
          Map.entry("xzcat", new Compress(Optional.of(Format.XZ), true, true)),
          Map.entry("zcat", new Compress(Optional.empty(), true, true)));

  private ArchiveUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return PROGRAMS;
  }
}
