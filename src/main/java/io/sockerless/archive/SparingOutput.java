package io.sockerless.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Writes to a file, and stops before its disk is full: what comes packed, or without a length, may
 * become any amount, and others need the disk too.
 */
public final class SparingOutput extends FilterOutputStream {

  private static final long CHECKED_EVERY = 16L << 20;
  private static final long KEPT_FREE = 64L << 20;

  private final FileStore disk;
  private long unchecked;

  private SparingOutput(OutputStream file, FileStore disk) {
    super(file);
    this.disk = disk;
  }

  /** Opens a file, as {@link Files#newOutputStream} does. */
  public static OutputStream open(Path file, OpenOption... options) throws IOException {
    OutputStream output = Files.newOutputStream(file, options);
    try {
      return over(output, file);
    } catch (IOException e) {
      output.close();
      throw e;
    }
  }

  /** Watches what is written to a file that is open already. */
  public static OutputStream over(OutputStream output, Path file) throws IOException {
    return new SparingOutput(output, Files.getFileStore(file));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Writes a piece.
   *
   * @throws IOException also if less than 64 MB would be left for others
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    unchecked += length;
    if (unchecked >= CHECKED_EVERY) {
      unchecked = 0;
      if (disk.getUsableSpace() < KEPT_FREE) {
        throw new IOException(
            "no space left on device: less than " + KEPT_FREE + " bytes are free");
      }
    }
  }
}
