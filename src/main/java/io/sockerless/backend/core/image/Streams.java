package io.sockerless.backend.core.image;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Copies and unpacks streams in pieces. */
final class Streams {

  private static final int PIECE = 64 * 1024;
  private static final int XZ_MEMORY_KIB = 96 * 1024;

  private Streams() {}

  /** Sees each piece that is copied. */
  @FunctionalInterface
  interface Observer {
    void piece(byte[] bytes, int offset, int length) throws IOException;
  }

  /** Copies to the end; answers how many bytes that were. */
  static long copy(InputStream in, OutputStream out, Observer observer) throws IOException {
    byte[] piece = new byte[PIECE];
    long total = 0;
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      out.write(piece, 0, count);
      observer.piece(piece, 0, count);
      total += count;
    }
    return total;
  }

  /** Unpacks what is packed, as its first bytes tell; anything else stays as it is. */
  static InputStream unpacked(InputStream stream) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, PIECE);
    in.mark(6);
    byte[] head = in.readNBytes(6);
    in.reset();
    if (begins(head, 0x1f, 0x8b)) {
      return new GZIPInputStream(in, PIECE);
    }
    if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZstdInputStream.create(in);
    }
    if (begins(head, 'B', 'Z', 'h')) {
      return new BZip2CompressorInputStream(in, true);
    }
    if (begins(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(XZ_MEMORY_KIB)
          .get();
    }
    return in;
  }

  private static boolean begins(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
