package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Lets a program run to an exit code, whatever it throws: a task that ended without one would be
 * waited for in vain.
 */
final class ProgramRun {

  private static final Logger LOG = System.getLogger(ProgramRun.class.getName());
  private static final int CRASHED = 128 + Signal.SEGV.number();

  private ProgramRun() {}

  /** The exit code, of 8 bits, that a program of a task ends with. */
  static int exitCode(Task task, Program program) {
    try {
      return program.run(task) & 0xff;
    } catch (TaskEnd e) {
      return e.code();
    } catch (IOException e) {
      task.complain(e.getMessage() == null ? e.toString() : e.getMessage());
      return 1;
    } catch (OutOfMemoryError | StackOverflowError e) {
      task.complain(Errno.ENOMEM.text());
      return CRASHED;
    } catch (RuntimeException | Error e) {
      // A fault of ours ends the program that has it, as a crash would, and not the wait for it.
      String id = task.kernel().name() + "/" + task.pid();
      LOG.log(Level.ERROR, id + ": " + task.name() + " crashed", e);
      task.complain(e.toString());
      return CRASHED;
    }
  }
}
