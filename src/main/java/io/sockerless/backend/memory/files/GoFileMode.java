package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.FileStat;

/**
 * A file's mode in the bits of Go's {@code os.FileMode}, which Docker's API tells.
 *
 * @see <a href="https://pkg.go.dev/io/fs#FileMode">fs.FileMode</a>
 */
final class GoFileMode {

  private static final long DIRECTORY = 1L << 31;
  private static final long SYMLINK = 1L << 27;
  private static final long DEVICE = 1L << 26;
  private static final long NAMED_PIPE = 1L << 25;
  private static final long SOCKET = 1L << 24;
  private static final long SET_USER = 1L << 23;
  private static final long SET_GROUP = 1L << 22;
  private static final long CHARACTER_DEVICE = 1L << 21;
  private static final long STICKY = 1L << 20;

  private GoFileMode() {}

  static long of(FileStat stat) {
    long type =
        switch (stat.type()) {
          case REGULAR -> 0;
          case DIRECTORY -> DIRECTORY;
          case SYMLINK -> SYMLINK;
          case FIFO -> NAMED_PIPE;
          case CHARACTER -> DEVICE | CHARACTER_DEVICE;
          case BLOCK -> DEVICE;
          case SOCKET -> SOCKET;
        };
    int mode = stat.mode();
    return type
        | (mode & 0777)
        | ((mode & 04000) != 0 ? SET_USER : 0)
        | ((mode & 02000) != 0 ? SET_GROUP : 0)
        | ((mode & 01000) != 0 ? STICKY : 0);
  }
}
