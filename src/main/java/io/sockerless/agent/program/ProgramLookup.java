package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.PosixException;
import java.util.List;

/**
 * Finds out what a command will run before it is started, as Docker's runtime does and in its
 * words: a failed start alone would not tell what was wrong.
 *
 * @param directory that a relative path begins at
 */
record ProgramLookup(String directory, List<String> environment) {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final int ANY_EXECUTE = 0111;
  private static final int NO_COMMAND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final int OTHER = 128;

  /** Checks the directory. */
  void checkDirectory() throws CannotStart {
    try {
      if (!FileStatus.of(directory).isFolder()) {
        throw new PosixException(Errno.ENOTDIR);
      }
    } catch (PosixException e) {
      throw noDirectory(e.errno());
    }
  }

  private CannotStart noDirectory(int errno) {
    return new CannotStart(
        code(errno),
        "chdir to cwd (\"%s\") set in config.json failed: %s"
            .formatted(directory, Errno.words(errno)));
  }

  /** The path of a command's program. */
  String find(String command) throws CannotStart {
    if (command.indexOf('/') >= 0) {
      check(command);
      return command;
    }
    for (String folder : path().split(":", -1)) {
      String candidate = (folder.isEmpty() ? "." : folder) + "/" + command;
      if (!command.isEmpty() && isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new CannotStart(
        NO_COMMAND, "exec: \"" + command + "\": executable file not found in $PATH");
  }

  private String path() {
    for (String each : environment) {
      if (each.startsWith("PATH=")) {
        return each.substring(5);
      }
    }
    return DEFAULT_PATH;
  }

  private void check(String command) throws CannotStart {
    FileStatus status;
    try {
      status = FileStatus.of(resolve(command));
    } catch (PosixException e) {
      throw new CannotStart(
          code(e.errno()),
          "exec: \"%s\": stat %s: %s".formatted(command, command, Errno.words(e.errno())));
    }
    if (status.isFolder() || (status.mode() & ANY_EXECUTE) == 0) {
      throw refused(command, Errno.EACCES);
    }
  }

  private boolean isExecutable(String path) {
    try {
      FileStatus status = FileStatus.of(resolve(path));
      return status.isRegular() && (status.mode() & ANY_EXECUTE) != 0;
    } catch (PosixException e) {
      return false;
    }
  }

  private String resolve(String path) {
    return path.startsWith("/") ? path : directory + "/" + path;
  }

  /** What it means that the kernel refused to run a program that is there. */
  static CannotStart refused(String command, int errno) {
    String words = errno == Errno.EACCES ? "exec: \"%s\": %s" : "exec %s: %s";
    return new CannotStart(code(errno), words.formatted(command, Errno.words(errno)));
  }

  private static int code(int errno) {
    return switch (errno) {
      case Errno.ENOENT -> NO_COMMAND;
      case Errno.EACCES, Errno.ENOTDIR, Errno.ENOEXEC, Errno.EISDIR -> NOT_EXECUTABLE;
      default -> OTHER;
    };
  }
}
