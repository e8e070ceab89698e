package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code hexdump} and {@code hd}: bytes as hexadecimal and other numbers, and as characters. */
public final class Hexdump extends Utility {

  private static final int LINE = 16;
  private static final int MAX_BLOCK = 1 << 20;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "bcdoxCe:f:n:s:v");
    boolean canonical = options.has('C') || task.arguments().getFirst().endsWith("hd");
    long skip = Numbers.size(options.value('s').orElse("0"));
    long most = options.has('n') ? Numbers.size(options.value('n').orElse("0")) : Long.MAX_VALUE;
    List<HexdumpFormat> own = own(task, options);
    if (!own.isEmpty()) {
      try (DumpSource source = new DumpSource(task, options.files(), skip, most)) {
        dump(output, source, own, options.has('v'));
        return source.hasFailed() ? 1 : 0;
      }
    }
    List<DumpFormat> formats = new ArrayList<>();
    for (Options.Given given : options.given()) {
      format(given.name()).ifPresent(formats::add);
    }
    if (formats.isEmpty()) {
      formats.add(new DumpFormat('x', 2, 4));
    }
    try (DumpSource source = new DumpSource(task, options.files(), skip, most)) {
      lines(output, source, canonical ? List.of() : formats, options.has('v'));
      return source.hasFailed() ? 1 : 0;
    }
  }

  /** The formats of {@code -e}, and those of {@code -f} files, a line each. */
  private static List<HexdumpFormat> own(Task task, Options options) throws IOException {
    List<HexdumpFormat> formats = new ArrayList<>();
    for (Options.Given given : options.given()) {
      String value = given.value().orElse("");
      if (given.name().equals("e")) {
        formats.add(HexdumpFormat.parse(value));
      } else if (given.name().equals("f")) {
        try (LineReader lines = new LineReader(task, Input.of(task, value))) {
          while (lines.next()) {
            String line = lines.text().strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
              formats.add(HexdumpFormat.parse(line));
            }
          }
        } catch (PosixException e) {
          throw Failure.of(1, "can't open '" + value + "'", e);
        }
      }
    }
    return formats;
  }

  private static void dump(
      Output output, DumpSource source, List<HexdumpFormat> formats, boolean all)
      throws IOException {
    int size = formats.stream().mapToInt(HexdumpFormat::size).max().orElse(0);
    if (size == 0 || size > MAX_BLOCK) {
      throw new Failure("formats of " + size + " bytes are not supported");
    }
    source.eachBlock(
        output,
        size,
        all,
        (offset, block, count) -> {
          for (HexdumpFormat format : formats) {
            output.print(format.print(offset, block, count));
          }
        });
  }

  private static Optional<DumpFormat> format(String option) {
    return switch (option) {
      case "b" -> Optional.of(new DumpFormat('o', 1, 3));
      case "c" -> Optional.of(new DumpFormat('c', 1, 3));
      case "d" -> Optional.of(new DumpFormat('D', 2, 7));
      case "o" -> Optional.of(new DumpFormat('o', 2, 7));
      case "x" -> Optional.of(new DumpFormat('x', 2, 7));
      default -> Optional.empty();
    };
  }

  private static void lines(Output output, DumpSource source, List<DumpFormat> formats, boolean all)
      throws IOException {
    long begin = source.offset();
    source.eachBlock(
        output,
        LINE,
        all,
        (offset, block, count) -> {
          if (formats.isEmpty()) {
            canonical(output, offset, block, count);
          }
          for (DumpFormat format : formats) {
            line(output, format, offset, block, count);
          }
        });
    if (source.offset() > begin) {
      String address = formats.isEmpty() ? "%08x\n" : "%07x\n";
      output.print(String.format(Locale.ROOT, address, source.offset()));
    }
  }

  private static void line(Output output, DumpFormat format, long offset, byte[] block, int count)
      throws IOException {
    output.print(String.format(Locale.ROOT, "%07x", offset));
    for (int i = 0; i < block.length; i += format.size()) {
      output.print(" " + (i < count ? format.text(block, i) : " ".repeat(format.width())));
    }
    output.write('\n');
  }

  private static void canonical(Output output, long offset, byte[] block, int count)
      throws IOException {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%08x ", offset));
    for (int i = 0; i < block.length; i++) {
      line.append(i == 8 ? "  " : " ");
      line.append(i < count ? HexFormat.of().toHexDigits(block[i]) : "  ");
    }
    line.append("  |").append(printable(block, count)).append('|');
    output.printLine(line.toString());
  }

  /** Bytes as characters, a dot for what cannot be seen. */
  static String printable(byte[] block, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(block[i] >= ' ' && block[i] < 0x7f ? (char) block[i] : '.');
    }
    return text.toString();
  }
}
