package io.sockerless.backend.memory.fs;

import io.sockerless.archive.TarEntry;

/** What a file is, with the letter that {@code ls -l} shows and the bits of {@code st_mode}. */
public enum FileType {
  REGULAR('-', 0100000),
  DIRECTORY('d', 0040000),
  SYMLINK('l', 0120000),
  FIFO('p', 0010000),
  CHARACTER('c', 0020000),
  BLOCK('b', 0060000),
  SOCKET('s', 0140000);

  private final char letter;
  private final int bits;

  FileType(char letter, int bits) {
    this.letter = letter;
    this.bits = bits;
  }

  /** The type of what a member of an archive makes. */
  public static FileType of(TarEntry.Kind kind) {
    return switch (kind) {
      case FILE, HARD_LINK -> REGULAR;
      case DIRECTORY -> DIRECTORY;
      case SYMLINK -> SYMLINK;
      case CHARACTER -> CHARACTER;
      case BLOCK -> BLOCK;
      case FIFO -> FIFO;
    };
  }

  /** The first letter of a line of {@code ls -l}. */
  public char letter() {
    return letter;
  }

  /** The type's bits in {@code st_mode}. */
  public int bits() {
    return bits;
  }
}
