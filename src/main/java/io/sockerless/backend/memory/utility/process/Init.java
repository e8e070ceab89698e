package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * The first task of a container that was created with {@code --init}, or whose image brings such a
 * program: it runs the command as its child, passes signals on, and ends with the child's exit
 * code.
 */
public final class Init implements Program {

  private static final Set<Signal> PASSED_ON =
      EnumSet.complementOf(
          EnumSet.of(Signal.KILL, Signal.STOP, Signal.CHLD, Signal.SEGV, Signal.FPE, Signal.ILL));

  private final Program command;

  /** Runs a command so. */
  public Init(Program command) {
    this.command = command;
  }

  @Override
  public int run(Task task) throws IOException {
    Task child = task.fork(command);
    PASSED_ON.forEach(signal -> task.setDisposition(signal, Task.Disposition.CATCH));
    while (true) {
      try {
        return task.waitFor(child);
      } catch (PosixException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
        task.takeCaught().forEach(child::signal);
      }
    }
  }
}
