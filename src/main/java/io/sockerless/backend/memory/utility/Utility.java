package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.List;

/**
 * What all utilities do alike: buffered output that is complete when they end, whatever ends them,
 * and a {@link Failure} printed under their name.
 */
public abstract class Utility implements Program {

  /** One file of several. */
  @FunctionalInterface
  public interface InputAction {
    /** Reads it; it is closed afterwards. */
    void read(String name, Input input) throws IOException;
  }

  /** One line of several. */
  @FunctionalInterface
  protected interface LineAction {
    /** Writes what becomes of it, without its end. */
    void convert(LineReader line) throws IOException;
  }

  /**
   * Runs to the end.
   *
   * @param output standard output, flushed after this
   * @return the exit code
   */
  protected abstract int run(Task task, Output output) throws IOException;

  @Override
  public final int run(Task task) throws IOException {
    Output output = new Output(task);
    try {
      int code = run(task, output);
      output.flush();
      return code;
    } catch (Failure failure) {
      output.flush();
      task.complain(failure.getMessage());
      return failure.code();
    } catch (PosixException e) {
      output.flushQuietly();
      throw e;
    }
  }

  /**
   * Reads files in turn; one that fails is complained of as {@code name: why}.
   *
   * @return 1 if any failed, else 0
   */
  protected static int readEach(Task task, Output output, List<String> names, InputAction action)
      throws IOException {
    return readEach(task, output, names, "", action);
  }

  /** The same line by line; each is ended in the output as it was in the input. */
  protected static int convertLines(Task task, Output output, List<String> names, LineAction action)
      throws IOException {
    return readEach(
        task,
        output,
        names,
        (name, input) -> {
          LineReader lines = new LineReader(task, input);
          while (lines.next()) {
            action.convert(lines);
            if (lines.isTerminated()) {
              output.write('\n');
            }
          }
        });
  }

  /**
   * The same for whole files, with words around the name of what cannot be opened: {@code can't
   * open 'name'}.
   */
  protected static int openEach(Task task, Output output, List<String> names, InputAction action)
      throws IOException {
    return readEach(task, output, names, "can't open ", action);
  }

  private static int readEach(
      Task task, Output output, List<String> names, String words, InputAction action)
      throws IOException {
    int code = 0;
    for (String name : names) {
      Input input;
      try {
        input = Input.open(task, name);
      } catch (PosixException e) {
        output.flush();
        String quoted = words.isEmpty() ? name : words + "'" + name + "'";
        task.complain(quoted + ": " + e.getMessage());
        code = 1;
        continue;
      }
      try (input) {
        action.read(name, input);
      } catch (Input.ReadException e) {
        output.flush();
        task.complain((words.isEmpty() ? name : "read error") + ": " + e.getMessage());
        code = 1;
      }
    }
    return code;
  }
}
