package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** {@code xxd}: bytes as hexadecimal numbers, and back. */
public final class Xxd extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "pril:s:c:g:o:u");
    List<String> operands = options.operands(0, 2);
    List<String> files = operands.isEmpty() ? List.of("-") : List.of(operands.getFirst());
    if (options.has('r')) {
      return readEach(
          task, output, files, (name, input) -> revert(task, input, output, options.has('p')));
    }
    long skip = Numbers.size(options.value('s').orElse("0"));
    long most = options.has('l') ? Numbers.size(options.value('l').orElse("0")) : Long.MAX_VALUE;
    int columns = options.has('p') ? 30 : options.has('i') ? 12 : 16;
    if (options.has('c')) {
      columns = Numbers.integer(options.value('c').orElse(""), 1, 1_024);
    }
    int group = Numbers.integer(options.value('g').orElse("2"), 0, 1_024);
    HexFormat hex = options.has('u') ? HexFormat.of().withUpperCase() : HexFormat.of();
    try (DumpSource source = new DumpSource(task, files, skip, most)) {
      if (options.has('p')) {
        plain(output, source, hex, columns);
      } else if (options.has('i')) {
        include(output, source, files.getFirst(), columns);
      } else {
        long shift = Numbers.size(options.value('o').orElse("0"));
        dump(output, source, hex, columns, group == 0 ? columns : group, shift);
      }
      return source.hasFailed() ? 1 : 0;
    }
  }

  private static void plain(Output output, DumpSource source, HexFormat hex, int columns)
      throws IOException {
    byte[] block = new byte[columns];
    int count;
    while ((count = source.read(block, columns)) > 0) {
      output.printLine(hex.formatHex(block, 0, count));
    }
  }

  private static void include(Output output, DumpSource source, String file, int columns)
      throws IOException {
    String name = file.replaceAll("[^A-Za-z0-9]", "_");
    boolean named = !file.equals("-");
    if (named) {
      output.print("unsigned char " + name + "[] = {\n");
    }
    byte[] block = new byte[columns];
    long start = source.offset();
    int count;
    while ((count = source.read(block, columns)) > 0) {
      StringBuilder line = new StringBuilder(" ");
      for (int i = 0; i < count; i++) {
        line.append(" 0x").append(HexFormat.of().toHexDigits(block[i])).append(',');
      }
      output.printLine(line.toString());
    }
    if (named) {
      output.print("};\nunsigned int " + name + "_len = " + (source.offset() - start) + ";\n");
    }
  }

  private static void dump(
      Output output, DumpSource source, HexFormat hex, int columns, int group, long shift)
      throws IOException {
    byte[] block = new byte[columns];
    int width = columns * 2 + (columns + group - 1) / group;
    while (true) {
      long offset = source.offset();
      int count = source.read(block, columns);
      if (count == 0) {
        return;
      }
      StringBuilder bytes = new StringBuilder();
      for (int i = 0; i < count; i++) {
        bytes.append(i % group == 0 ? " " : "").append(hex.toHexDigits(block[i]));
      }
      output.print(String.format(Locale.ROOT, "%08x:", offset + shift));
      output.print(bytes + " ".repeat(Math.max(0, width - bytes.length()) + 2));
      output.printLine(Hexdump.printable(block, count));
    }
  }

  private static void revert(Task task, Input input, Output output, boolean plain)
      throws IOException {
    LineReader lines = new LineReader(task, input);
    while (lines.next()) {
      String line = lines.text();
      String digits = plain ? line : afterAddress(line);
      int high = -1;
      for (int i = 0; i < digits.length(); i++) {
        char c = digits.charAt(i);
        int digit = Character.digit(c, 16);
        if (digit >= 0 && high >= 0) {
          output.write(high << 4 | digit);
          high = -1;
        } else if (digit >= 0) {
          high = digit;
        }
      }
    }
  }

  /** The hexadecimal digits of a line: from the colon up to two blanks. */
  private static String afterAddress(String line) {
    int colon = line.indexOf(':');
    String rest = colon < 0 ? line : line.substring(colon + 1).strip();
    int end = rest.indexOf("  ");
    return end < 0 ? rest : rest.substring(0, end);
  }
}
