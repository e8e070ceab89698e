package io.sockerless.backend.memory.kernel;

import java.io.IOException;

/**
 * What a task runs: a utility, the shell with a script, a WebAssembly module.
 *
 * <p>It finds its arguments, environment, files and descriptors in the task. It calls {@link
 * Task#checkpoint} in every loop that does no input or output, so that it can be killed, and lets
 * {@link TaskEnd} pass. It must not use what an interrupted thread breaks for others ({@link
 * java.nio.channels.FileChannel} and its like).
 */
@FunctionalInterface
public interface Program {

  /**
   * Runs to the end.
   *
   * @return the exit code, 0 to 255
   * @throws IOException for an error that it has no words of its own for; it is printed as {@code
   *     name: message}, and the exit code is 1
   */
  int run(Task task) throws IOException;
}
