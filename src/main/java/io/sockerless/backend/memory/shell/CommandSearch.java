package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.Optional;

/** Finds commands on the path that the shell's variable has, which programs need not get. */
public final class CommandSearch {

  private final Task task;
  private final ShellState state;

  CommandSearch(Task task, ShellState state) {
    this.task = task;
    this.state = state;
  }

  /** The file of a command that may be executed; a name with a slash is one whatever it is. */
  public Optional<String> find(String name) {
    return find(name, state.variables().get("PATH", Commands.DEFAULT_PATH));
  }

  /** The same with a path of choice. */
  public Optional<String> find(String name, String path) {
    if (name.indexOf('/') >= 0) {
      return Optional.of(name);
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    for (String folder : path.split(":", -1)) {
      String candidate = folder.isEmpty() ? name : folder + "/" + name;
      if (isExecutable(candidate)) {
        return Optional.of(candidate.indexOf('/') < 0 ? "./" + candidate : candidate);
      }
    }
    return Optional.empty();
  }

  /** Whether a path is a regular file that may be executed. */
  public boolean isExecutable(String path) {
    try {
      FileStat stat = task.files().stat(path);
      return stat.isRegular() && task.files().credentials().may(stat, 1);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a path is a folder. */
  public boolean isFolder(String path) {
    try {
      return task.files().stat(path).isDirectory();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether there is something at a path, be it a link that leads nowhere. */
  public boolean isThere(String path) {
    try {
      task.files().lstat(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a path leads to something. */
  public boolean exists(String path) {
    return task.files().exists(path);
  }
}
