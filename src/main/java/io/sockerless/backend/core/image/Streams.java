package io.sockerless.backend.core.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies streams in pieces. */
final class Streams {

  private static final int PIECE = 64 * 1024;

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
}
