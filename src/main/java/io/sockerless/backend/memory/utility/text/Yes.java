package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code yes}: its arguments, or {@code y}, line after line until nobody reads them. */
public final class Yes extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = task.arguments().subList(1, task.arguments().size());
    String line = words.isEmpty() ? "y" : String.join(" ", words);
    byte[] bytes = Text.encode(line + "\n");
    byte[] block = new byte[bytes.length * Math.max(1, 16_384 / bytes.length)];
    for (int i = 0; i < block.length; i += bytes.length) {
      System.arraycopy(bytes, 0, block, i, bytes.length);
    }
    while (true) {
      output.write(block);
      output.flush();
    }
  }
}
