package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;

/**
 * A program that only has an exit code, such as {@code true}.
 *
 * @param code the exit code
 */
record Constant(int code) implements Program {

  @Override
  public int run(Task task) {
    return code;
  }
}
