package io.sockerless.archive;

/**
 * A file's mode in the bits of Go's {@code os.FileMode}, which Docker's API tells of what it packs
 * and unpacks.
 *
 * @see <a href="https://pkg.go.dev/io/fs#FileMode">fs.FileMode</a>
 */
public final class GoFileMode {

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

  /**
   * Translates a mode.
   *
   * @param mode Linux's {@code st_mode}, with the bits of the file's type
   * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
   */
  public static long of(int mode) {
    long type =
        switch (mode & 0170000) {
          case 0040000 -> DIRECTORY;
          case 0120000 -> SYMLINK;
          case 0010000 -> NAMED_PIPE;
          case 0020000 -> DEVICE | CHARACTER_DEVICE;
          case 0060000 -> DEVICE;
          case 0140000 -> SOCKET;
          default -> 0;
        };
    return type
        | (mode & 0777)
        | ((mode & 04000) != 0 ? SET_USER : 0)
        | ((mode & 02000) != 0 ? SET_GROUP : 0)
        | ((mode & 01000) != 0 ? STICKY : 0);
  }
}
