package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code echo}: its arguments; the shell has it built in and uses this. */
public final class Echo extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = task.arguments();
    boolean newline = true;
    boolean escapes = false;
    int first = 1;
    for (; first < arguments.size() && arguments.get(first).matches("-[neE]+"); first++) {
      for (char letter : arguments.get(first).substring(1).toCharArray()) {
        switch (letter) {
          case 'n' -> newline = false;
          case 'e' -> escapes = true;
          default -> escapes = false;
        }
      }
    }
    String text = String.join(" ", arguments.subList(first, arguments.size()));
    if (!escapes) {
      output.print(newline ? text + "\n" : text);
      return 0;
    }
    Escapes escaped = Escapes.of(Text.encode(text), Escapes.Octal.LEADING_ZERO);
    output.write(escaped.bytes());
    if (newline && !escaped.stop()) {
      output.write('\n');
    }
    return 0;
  }
}
