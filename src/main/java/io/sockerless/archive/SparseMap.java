package io.sockerless.archive;

import io.sockerless.archive.TarReader.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a member's content is in its tar stream.
 *
 * @param size with the holes
 */
record SparseMap(long size, List<Piece> pieces) {

  private static final int MAX_PIECES = 1 << 16;

  /** A content without holes. */
  static SparseMap whole(long position, long size) {
    return new SparseMap(size, size == 0 ? List.of() : List.of(new Piece(0, position, size)));
  }

  /** Collects the pieces of a sparse file, and refuses what cannot be. */
  static final class Builder {

    private final long size;
    private final List<long[]> pairs = new ArrayList<>();

    /** Of a file of this size, with its holes. */
    Builder(long size) throws IOException {
      if (size < 0) {
        throw new IOException("invalid sparse map: no size");
      }
      this.size = size;
    }

    void add(long start, long length) throws IOException {
      if (pairs.size() >= MAX_PIECES) {
        throw new IOException("invalid sparse map: too many pieces");
      }
      pairs.add(new long[] {start, length});
    }

    /** Adds pairs that are written one after another with commas. */
    void addAll(String text) throws IOException {
      String[] numbers = text.split(",", -1);
      try {
        for (int i = 0; i < numbers.length; i += 2) {
          add(Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1]));
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException("invalid sparse map", e);
      }
    }

    /**
     * The map of the data from a position on.
     *
     * @param stored how many bytes of data there are
     */
    SparseMap build(long position, long stored) throws IOException {
      List<Piece> pieces = new ArrayList<>();
      long end = 0;
      long used = 0;
      for (long[] pair : pairs) {
        long length = pair[1];
        if (pair[0] < end || length < 0 || length > stored - used || pair[0] > size - length) {
          throw new IOException("invalid sparse map");
        }
        if (length > 0) {
          pieces.add(new Piece(pair[0], position + used, length));
        }
        end = pair[0] + length;
        used += length;
      }
      return new SparseMap(size, List.copyOf(pieces));
    }
  }
}
