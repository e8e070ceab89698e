package io.sockerless.archive;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Finds out by its first bytes how a stream is compressed, as dockerd does for what it unpacks. */
public final class Decompression {

  private static final int[] GZIP = {0x1f, 0x8b, 0x08};
  private static final int[] BZIP2 = {'B', 'Z', 'h'};
  private static final int[] XZ = {0xfd, '7', 'z', 'X', 'Z', 0};
  private static final int[] ZSTD = {0x28, 0xb5, 0x2f, 0xfd};
  private static final int LONGEST = 6;

  /** More than any preset of xz needs to unpack. */
  private static final int XZ_MEMORY_KIB = 128 * 1_024;

  private Decompression() {}

  /** The stream unpacked if it is gzip, bzip2, xz or zstd; else as it is. */
  public static InputStream of(InputStream input) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(input, 65_536);
    buffered.mark(LONGEST);
    byte[] start = buffered.readNBytes(LONGEST);
    buffered.reset();
    if (matches(start, GZIP)) {
      return unpacked(new GZIPInputStream(buffered, 65_536));
    }
    if (matches(start, BZIP2)) {
      return unpacked(new BZip2CompressorInputStream(buffered, true));
    }
    if (matches(start, XZ)) {
      return unpacked(new XZInputStream(buffered, XZ_MEMORY_KIB));
    }
    if (matches(start, ZSTD)) {
      return unpacked(new ZstdInputStream(buffered));
    }
    return buffered;
  }

  private static InputStream unpacked(InputStream stream) {
    return new BufferedInputStream(new Checked(stream), 65_536);
  }

  /** Some decoders tell malformed input by unchecked exceptions. */
  private static final class Checked extends FilterInputStream {
    Checked(InputStream stream) {
      super(stream);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (RuntimeException e) {
        throw new IOException("malformed compressed stream", e);
      }
    }
  }

  private static boolean matches(byte[] start, int[] magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
