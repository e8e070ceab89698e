package io.sockerless.archive;

import io.sockerless.archive.TarReader.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The content of a tar stream's member, its holes filled with zeros. */
final class SparseInput extends InputStream {

  private final TarReader reader;
  private final SparseMap map;
  private long position;
  private int next;

  SparseInput(TarReader reader, SparseMap map) {
    this.reader = reader;
    this.map = map;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= map.size()) {
      return -1;
    }
    while (next < map.pieces().size()
        && position >= map.pieces().get(next).start() + map.pieces().get(next).length()) {
      next++;
    }
    boolean last = next >= map.pieces().size();
    long holeEnd = last ? map.size() : map.pieces().get(next).start();
    int count;
    if (position < holeEnd) {
      count = (int) Math.min(length, holeEnd - position);
      Arrays.fill(bytes, offset, offset + count, (byte) 0);
    } else {
      Piece piece = map.pieces().get(next);
      long into = position - piece.start();
      int wanted = (int) Math.min(length, piece.length() - into);
      count = reader.read(piece.position() + into, bytes, offset, wanted);
    }
    position += count;
    return count;
  }

  /** Holes, however long, are passed at once; so is data, which is only missed when it is read. */
  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, Math.max(0, map.size() - position));
    position += skipped;
    return skipped;
  }
}
