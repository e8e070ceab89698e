package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code wc}: counts lines, words, characters, bytes, and the longest line. */
public final class Wc extends Utility {

  private static final String COLUMNS = "lwmcL";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "lwmcL", "lines=l", "words=w", "chars=m", "bytes=c", "max-line-length=L");
    String columns =
        options.given().isEmpty()
            ? "lwc"
            : COLUMNS
                .chars()
                .filter(letter -> options.has((char) letter))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    boolean aligned = columns.length() > 1 || options.operands().size() > 1;
    Counts total = new Counts();
    int code =
        readEach(
            task,
            output,
            options.files(),
            (name, input) -> {
              Counts counts = new Counts();
              counts.count(input);
              total.add(counts);
              boolean named = !options.operands().isEmpty();
              print(output, counts, columns, aligned, named ? name : "");
            });
    if (options.operands().size() > 1) {
      print(output, total, columns, aligned, "total");
    }
    return code;
  }

  private static void print(
      Output output, Counts counts, String columns, boolean aligned, String name)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.length(); i++) {
      char column = columns.charAt(i);
      String number = Long.toString(counts.get(column));
      if (aligned) {
        line.append(line.isEmpty() ? "" : " ").append(" ".repeat(Math.max(0, 9 - number.length())));
      }
      line.append(number);
    }
    output.printLine(name.isEmpty() ? line.toString() : line + " " + name);
  }

  private static final class Counts {
    private long lines;
    private long words;
    private long characters;
    private long bytes;
    private long longest;
    private long width;
    private boolean inWord;

    long get(char column) {
      return switch (column) {
        case 'l' -> lines;
        case 'w' -> words;
        case 'm' -> characters;
        case 'c' -> bytes;
        default -> longest;
      };
    }

    void add(Counts other) {
      lines += other.lines;
      words += other.words;
      characters += other.characters;
      bytes += other.bytes;
      longest = Math.max(longest, other.longest);
    }

    void count(Input input) throws IOException {
      byte[] buffer = new byte[65_536];
      int read;
      while ((read = input.read(buffer, 0, buffer.length)) >= 0) {
        bytes += read;
        for (int i = 0; i < read; i++) {
          count(buffer[i]);
        }
      }
      longest = Math.max(longest, width);
    }

    private void count(byte value) {
      if ((value & 0xc0) != 0x80) {
        characters++;
      }
      if (value > ' ' && value < 0x7f) {
        width++;
        words += inWord ? 0 : 1;
        inWord = true;
        return;
      }
      if (value == ' ' || (value >= '\t' && value <= '\r')) {
        inWord = false;
        countSpace(value);
      }
    }

    private void countSpace(byte value) {
      switch (value) {
        case '\n', '\r', '\f' -> {
          lines += value == '\n' ? 1 : 0;
          longest = Math.max(longest, width);
          width = 0;
        }
        case '\t' -> width = (width | 7) + 1;
        case ' ' -> width++;
        default -> {}
      }
    }
  }
}
