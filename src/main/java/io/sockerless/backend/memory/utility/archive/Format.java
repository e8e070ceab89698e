package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** How files are compressed. */
enum Format {
  GZIP(".gz .tgz .z", "\u001f\u008b"),
  BZIP2(".bz2 .tbz .tbz2", "BZh"),
  XZ(".xz .txz", "\u00fd7zXZ\0"),
  /** What came before xz; files begin with how they were compressed, mostly in this way. */
  LZMA(".lzma .tlz", "]\0\0");

  private static final int BUFFER = 65_536;
  private static final int LONGEST_MAGIC = 6;
  private static final int MEMORY_KIB = 128 << 10;
  private static final int KIB = 1_024;
  private static final int UNKNOWN_SIZE = -1;

  private final String suffixes;
  private final String magic;

  /**
   * A format.
   *
   * @param suffixes the usual one first
   * @param magic what files begin with, a character a byte
   */
  Format(String suffixes, String magic) {
    this.suffixes = suffixes;
    this.magic = magic;
  }

  private List<String> suffixes() {
    return List.of(suffixes.split(" ", -1));
  }

  /** The suffix that a compressed file gets. */
  String suffix() {
    return suffixes().getFirst();
  }

  /** The name of what a compressed file holds, if its suffix tells. */
  Optional<String> plainName(String name) {
    for (String suffix : suffixes()) {
      if (name.endsWith(suffix) && name.length() > suffix.length()) {
        String bare = name.substring(0, name.length() - suffix.length());
        return Optional.of(suffix.startsWith(".t") ? bare + ".tar" : bare);
      }
    }
    return Optional.empty();
  }

  /** The format that a stream begins in, if it is one of these; the stream can be marked. */
  static Optional<Format> of(BufferedInputStream input) throws IOException {
    input.mark(LONGEST_MAGIC);
    byte[] start = input.readNBytes(LONGEST_MAGIC);
    input.reset();
    for (Format format : values()) {
      if (format.begins(start)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] start) {
    if (start.length < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((start[i] & 0xff) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** What a compressed stream holds. */
  InputStream expand(InputStream input) throws IOException {
    return switch (this) {
      case GZIP -> new GZIPInputStream(input, BUFFER);
      case BZIP2 -> new BZip2CompressorInputStream(input, true);
      case XZ -> new XZInputStream(input, MEMORY_KIB);
      case LZMA -> new LZMAInputStream(input, MEMORY_KIB);
    };
  }

  /**
   * A stream that compresses what is written to it; the container pays for what that takes.
   *
   * @param level 1 for speed to 9 for size
   */
  Compression compress(Task task, OutputStream output, int level) throws IOException {
    return switch (this) {
      case GZIP -> new Compression(task, new LeveledGzip(output, level), 256L * KIB);
      case BZIP2 ->
          new Compression(task, new BZip2CompressorOutputStream(output, level), 800L * level * KIB);
      case XZ, LZMA -> {
        LZMA2Options options = new LZMA2Options(level);
        long memory = options.getEncoderMemoryUsage() * (long) KIB;
        Compression.admit(task, memory);
        OutputStream stream =
            this == XZ
                ? new XZOutputStream(output, options)
                : new LZMAOutputStream(output, options, UNKNOWN_SIZE);
        yield new Compression(task, stream, memory);
      }
    };
  }

  private static final class LeveledGzip extends GZIPOutputStream {
    LeveledGzip(OutputStream output, int level) throws IOException {
      super(output, BUFFER);
      def.setLevel(Math.clamp(level, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION));
    }
  }

  /** A stream that compresses, and the memory that it takes as long as it is open. */
  static final class Compression implements AutoCloseable {
    private final Task task;
    private final OutputStream stream;
    private final long memory;

    Compression(Task task, OutputStream stream, long memory) {
      this.task = task;
      this.stream = stream;
      this.memory = memory;
      task.kernel().memory().charge(memory);
    }

    private static void admit(Task task, long memory) throws Failure {
      if (task.kernel().limits().memory() < memory) {
        throw new Failure("Out of memory");
      }
    }

    /** Where to write. */
    OutputStream stream() {
      return stream;
    }

    @Override
    public void close() throws IOException {
      task.kernel().memory().charge(-memory);
      stream.close();
    }
  }
}
