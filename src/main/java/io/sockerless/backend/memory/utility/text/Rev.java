package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code rev}: each line's characters, last one first. */
public final class Rev extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "");
    return convertLines(task, output, options.files(), line -> output.print(reversed(line.text())));
  }

  private static String reversed(String line) {
    int[] characters = line.codePoints().toArray();
    StringBuilder reversed = new StringBuilder();
    for (int i = characters.length - 1; i >= 0; i--) {
      reversed.appendCodePoint(characters[i]);
    }
    return reversed.toString();
  }
}
