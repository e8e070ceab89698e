package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;
import java.util.function.Consumer;

/** Makes folders with all that lead to them. */
public final class Folders {

  private Folders() {}

  /** Makes a folder and those that lead to it, as far as they are not there. */
  public static void makeAll(Task task, String path, int mode) throws IOException {
    makeAll(task, path, mode, made -> {});
  }

  /**
   * Makes a folder and those that lead to it, as far as they are not there.
   *
   * @param mode of the last one, before the umask
   * @param told of each that was made
   * @throws Failure naming the folder that cannot be made
   */
  public static void makeAll(Task task, String path, int mode, Consumer<String> told)
      throws IOException {
    int from = 0;
    while (from < path.length()) {
      while (from < path.length() && path.charAt(from) == '/') {
        from++;
      }
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      String prefix = path.substring(0, end);
      boolean last = path.substring(end).chars().allMatch(c -> c == '/');
      if (!prefix.isEmpty() && !isFolder(task, prefix)) {
        make(task, prefix, last ? mode : 0777, path);
        told.accept(prefix);
      }
      from = end;
    }
  }

  private static boolean isFolder(Task task, String path) throws IOException {
    try {
      return task.files().stat(path).isDirectory();
    } catch (PosixException e) {
      return false;
    }
  }

  private static void make(Task task, String prefix, int mode, String whole) throws IOException {
    try {
      task.files().makeDirectory(prefix, mode);
    } catch (PosixException e) {
      if (e.errno() == Errno.EEXIST && isFolder(task, prefix)) {
        return;
      }
      boolean leadsOn = prefix.length() < whole.length();
      String shown = leadsOn ? prefix + "/" : prefix;
      PosixException reason = leadsOn && e.errno() == Errno.EEXIST ? Errno.ENOTDIR.exception() : e;
      throw Failure.of(1, "can't create directory '" + shown + "'", reason);
    }
  }
}
