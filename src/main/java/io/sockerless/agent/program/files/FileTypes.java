package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.archive.TarEntry.Kind;
import java.util.Optional;

/**
 * What Linux and tar call the kinds of files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
 */
final class FileTypes {

  static final int PIPE = 0010000;
  static final int CHARACTER = 0020000;
  static final int BLOCK = 0060000;

  private static final int FOLDER = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;

  private FileTypes() {}

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
