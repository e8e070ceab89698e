package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Commands by name, as {@code execvp(3)} finds and runs them. */
public final class Commands {

  /** Where a command is looked for if PATH is not set. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Commands() {}

  /** The file that a command names: itself with a slash in it, else the first one on the PATH. */
  public static Optional<String> find(Task task, String command) {
    String path = task.environment().getOrDefault("PATH", DEFAULT_PATH);
    return find(task.files(), path, command);
  }

  /** The file that a command names, for whoever sees these files and has this PATH. */
  public static Optional<String> find(Paths files, String path, String command) {
    if (command.isEmpty()) {
      return Optional.empty();
    }
    if (command.indexOf('/') >= 0) {
      return Optional.of(command);
    }
    for (String folder : path.split(":", -1)) {
      String candidate = (folder.isEmpty() ? "." : folder) + "/" + command;
      if (isExecutable(files, candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isExecutable(Paths files, String path) {
    try {
      FileStat stat = files.stat(path);
      return stat.isRegular() && files.credentials().may(stat, 1);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Runs a command in the task's place; one that cannot be run is complained of under the task's
   * own name.
   *
   * @return its exit code, 127 if there is no such command, 126 if it cannot be run
   */
  public static int execute(Task task, List<String> command) {
    String name = command.getFirst();
    Optional<String> path = find(task, name);
    try {
      if (path.isEmpty()) {
        throw Errno.ENOENT.exception();
      }
      return task.execute(path.get(), command);
    } catch (PosixException e) {
      task.complain("can't execute '" + name + "': " + e.errno().text());
      return e.errno() == Errno.ENOENT ? 127 : 126;
    } catch (IOException e) {
      task.complain("can't execute '" + name + "': " + e.getMessage());
      return 126;
    }
  }

  /** Runs a command in a child, as {@link #execute} does, and waits for it. */
  public static int run(Task task, List<String> command) throws IOException {
    return task.waitFor(task.fork(child -> execute(child, command)));
  }
}
