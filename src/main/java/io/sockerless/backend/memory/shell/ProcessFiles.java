package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The commands that are files to another one: each has a pipe, whose other end is a descriptor of
 * the shell's until the command that names it has ended.
 */
final class ProcessFiles {

  private static final int HIGHEST = 63;

  private final Task task;
  private final Launcher launcher;
  private final Deque<Integer> open = new ArrayDeque<>();

  ProcessFiles(Task task, Launcher launcher) {
    this.task = task;
    this.launcher = launcher;
  }

  /** Starts a command, and answers the path that it can be read from or written to. */
  String start(Command command, boolean read) throws IOException {
    Pipe pipe = new Pipe();
    OpenFile own = read ? pipe.reader() : pipe.writer();
    OpenFile others = read ? pipe.writer() : pipe.reader();
    int number = HIGHEST;
    while (number > 0 && task.descriptors().find(number).isPresent()) {
      number--;
    }
    launcher.detached(command, read ? 1 : 0, others);
    task.descriptors().set(number, own);
    open.push(number);
    return "/dev/fd/" + number;
  }

  /** How many there are. */
  int count() {
    return open.size();
  }

  /** Closes those that there are more now. */
  void closeTo(int count) throws IOException {
    while (open.size() > count) {
      int number = open.pop();
      if (task.descriptors().find(number).isPresent()) {
        task.descriptors().close(number);
      }
    }
  }
}
