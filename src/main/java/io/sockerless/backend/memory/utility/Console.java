package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a utility that goes on after a failure says: complaints in their order with the output, the
 * exit code that they lead to, and questions to a person.
 */
public final class Console {

  private final Task task;
  private final Output output;
  private int code;

  /** The console of a task's utility. */
  public Console(Task task, Output output) {
    this.task = task;
    this.output = output;
  }

  /** Whose console it is. */
  public Task task() {
    return task;
  }

  /** Standard output, buffered. */
  public Output output() {
    return output;
  }

  /** Prints {@code name: message} to standard error; the exit code is 1 from now on. */
  public void complain(String message) throws IOException {
    output.flush();
    task.complain(message);
    code = 1;
  }

  /** Complains in the words of a failure that does not end the utility. */
  public void complain(Failure failure) throws IOException {
    complain(String.valueOf(failure.getMessage()));
  }

  /** Complains that something failed, in the words {@code subject: reason}. */
  public void complain(String subject, IOException reason) throws IOException {
    complain(subject + ": " + reason.getMessage());
  }

  /** Prints a line to standard error that changes no exit code. */
  public void remark(String line) throws IOException {
    output.flush();
    task.error().write(Text.encode(line + "\n"));
  }

  /** Asks a question on standard error, and whether the answer begins with a y. */
  public boolean confirm(String question) throws IOException {
    output.flush();
    task.error().write(Text.encode(name() + ": " + question + "? "));
    InputStream input = task.input();
    int first = input.read();
    int next = first;
    while (next >= 0 && next != '\n') {
      next = input.read();
    }
    return first == 'y' || first == 'Y';
  }

  /** The utility's name, without the folder that it was called from. */
  public String name() {
    return Strings.lastName(task.arguments().getFirst());
  }

  /** The exit code so far: 0, or 1 after a complaint. */
  public int code() {
    return code;
  }

  /** Lets the exit code be 1 without words. */
  public void fail() {
    code = 1;
  }
}
