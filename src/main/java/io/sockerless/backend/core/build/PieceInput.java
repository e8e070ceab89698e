package io.sockerless.backend.core.build;

import io.sockerless.archive.TarReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** The content of one member of a tar file on disk; holes are zeros. */
final class PieceInput extends InputStream {

  private final FileChannel file;
  private final List<TarReader.Piece> pieces;
  private final long size;
  private long position;
  private int next;

  PieceInput(Path tar, List<TarReader.Piece> pieces, long size) throws IOException {
    file = FileChannel.open(tar, StandardOpenOption.READ);
    this.pieces = pieces;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position >= size || length == 0) {
      return length == 0 ? 0 : -1;
    }
    while (next < pieces.size() && position >= end(pieces.get(next))) {
      next++;
    }
    long holeEnd = next < pieces.size() ? pieces.get(next).start() : size;
    int count;
    if (position < holeEnd) {
      count = (int) Math.min(length, holeEnd - position);
      Arrays.fill(bytes, offset, offset + count, (byte) 0);
    } else {
      TarReader.Piece piece = pieces.get(next);
      int wanted = (int) Math.min(length, end(piece) - position);
      long at = piece.position() + position - piece.start();
      count = file.read(ByteBuffer.wrap(bytes, offset, wanted), at);
      if (count < 0) {
        throw new EOFException("unexpected end of the tar file");
      }
    }
    position += count;
    return count;
  }

  private static long end(TarReader.Piece piece) {
    return piece.start() + piece.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
