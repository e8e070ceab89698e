package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.math.BigDecimal;

/** Prints a calculator's numbers, which go on in the next line where they are too long for one. */
final class Printer {

  private static final int DEFAULT_LENGTH = 70;

  private final Output output;
  private final int length;
  private int column;

  Printer(Task task, Output output) {
    this.output = output;
    this.length =
        Quantities.id(task.environment().getOrDefault("BC_LINE_LENGTH", ""))
            .filter(it -> it > 2)
            .orElse(DEFAULT_LENGTH);
  }

  void number(BigDecimal value, int base) throws IOException {
    String digits = Digits.format(value, base);
    for (int i = 0; i < digits.length(); i++) {
      if (column == length - 2) {
        output.print("\\\n");
        column = 0;
      }
      output.write(digits.charAt(i));
      column++;
    }
  }

  void text(String text) throws IOException {
    output.print(text);
    int newline = text.lastIndexOf('\n');
    column = newline < 0 ? column + text.length() : text.length() - newline - 1;
  }

  void line() throws IOException {
    output.write('\n');
    column = 0;
  }

  void bytes(byte[] bytes) throws IOException {
    output.write(bytes);
    column += bytes.length;
  }

  void flush() throws IOException {
    output.flush();
  }
}
