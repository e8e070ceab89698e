package io.sockerless.backend.memory.fs;

import io.sockerless.archive.TarReader.Piece;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** A file's bytes where they lie in a layer's tar file, which is mapped into memory. */
sealed interface LayerFile extends LowerFile {

  /** A file in one piece, as nearly all are. */
  record Whole(MemorySegment tar, long position, long size) implements LayerFile {
    @Override
    public void read(long start, byte[] bytes, int offset, int length) {
      MemorySegment.copy(tar, ValueLayout.JAVA_BYTE, position + start, bytes, offset, length);
    }
  }

  /** A file with holes. */
  record Sparse(MemorySegment tar, List<Piece> pieces, long size) implements LayerFile {
    @Override
    public void read(long start, byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 0);
      for (Piece piece : pieces) {
        long from = Math.max(start, piece.start());
        long to = Math.min(start + length, piece.start() + piece.length());
        if (from < to) {
          MemorySegment.copy(
              tar,
              ValueLayout.JAVA_BYTE,
              piece.position() + from - piece.start(),
              bytes,
              offset + (int) (from - start),
              (int) (to - from));
        }
      }
    }
  }
}
