package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.archive.TarEntry.Kind;
import java.util.Optional;

/**
 * What Linux, Go and tar call the kinds of files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
 * @see <a href="https://pkg.go.dev/io/fs#FileMode">fs.FileMode</a>
 */
public final class FileTypes {

  static final int PIPE = 0010000;
  static final int CHARACTER = 0020000;
  static final int BLOCK = 0060000;

  private static final int FOLDER = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int SOCKET = 0140000;

  private static final long GO_FOLDER = 1L << 31;
  private static final long GO_LINK = 1L << 27;
  private static final long GO_DEVICE = 1L << 26;
  private static final long GO_PIPE = 1L << 25;
  private static final long GO_SOCKET = 1L << 24;
  private static final long GO_SET_USER = 1L << 23;
  private static final long GO_SET_GROUP = 1L << 22;
  private static final long GO_CHARACTER_DEVICE = 1L << 21;
  private static final long GO_STICKY = 1L << 20;

  private FileTypes() {}

  /** A file's mode in the bits of Go's {@code os.FileMode}, which Docker's API tells. */
  public static long goMode(FileStatus status) {
    long type =
        switch (status.type()) {
          case FOLDER -> GO_FOLDER;
          case LINK -> GO_LINK;
          case PIPE -> GO_PIPE;
          case CHARACTER -> GO_DEVICE | GO_CHARACTER_DEVICE;
          case BLOCK -> GO_DEVICE;
          case SOCKET -> GO_SOCKET;
          default -> 0;
        };
    int mode = status.mode();
    return type
        | (mode & 0777)
        | ((mode & 04000) != 0 ? GO_SET_USER : 0)
        | ((mode & 02000) != 0 ? GO_SET_GROUP : 0)
        | ((mode & 01000) != 0 ? GO_STICKY : 0);
  }

  /** What a tar stream calls it; empty for a socket, which no archive can hold. */
  static Optional<Kind> kind(FileStatus status) {
    return switch (status.type()) {
      case REGULAR -> Optional.of(Kind.FILE);
      case FOLDER -> Optional.of(Kind.DIRECTORY);
      case LINK -> Optional.of(Kind.SYMLINK);
      case PIPE -> Optional.of(Kind.FIFO);
      case CHARACTER -> Optional.of(Kind.CHARACTER);
      case BLOCK -> Optional.of(Kind.BLOCK);
      default -> Optional.empty();
    };
  }
}
