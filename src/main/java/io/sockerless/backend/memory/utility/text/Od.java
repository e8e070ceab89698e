package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code od}: bytes as octal and other numbers, and as characters. */
public final class Od extends Utility {

  private static final int BLOCK = 16;

  private static final String SHORT = "abcdfhiloxsB";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "A:N:abcdfhij:lot:vxsBw::",
            "address-radix=A",
            "skip-bytes=j",
            "read-bytes=N",
            "format=t",
            "output-duplicates=v");
    List<DumpFormat> formats = formats(options);
    long skip = Numbers.size(options.value('j').orElse("0"));
    long most = options.has('N') ? Numbers.size(options.value('N').orElse("0")) : Long.MAX_VALUE;
    char radix = options.value('A').filter(it -> !it.isEmpty()).map(it -> it.charAt(0)).orElse('o');
    if ("doxn".indexOf(radix) < 0) {
      throw new Failure("bad output address radix '" + radix + "' (must be [doxn])");
    }
    try (DumpSource source = new DumpSource(task, options.files(), skip, most)) {
      dump(output, source, formats, radix, options.has('v'));
      return source.hasFailed() ? 1 : 0;
    }
  }

  private static void dump(
      Output output, DumpSource source, List<DumpFormat> formats, char radix, boolean all)
      throws IOException {
    source.eachBlock(
        output,
        BLOCK,
        all,
        (offset, block, count) -> {
          for (int i = 0; i < formats.size(); i++) {
            String address = address(radix, offset);
            output.print(i == 0 ? address : " ".repeat(address.length()));
            line(output, formats.get(i), block, count);
          }
        });
    if (radix != 'n' && !(source.hasFailed() && source.offset() == 0)) {
      output.printLine(address(radix, source.offset()));
    }
  }

  private static void line(Output output, DumpFormat format, byte[] block, int count)
      throws IOException {
    for (int i = 0; i < count; i += format.size()) {
      output.print(" " + format.text(block, i));
    }
    output.write('\n');
  }

  private static String address(char radix, long offset) {
    return switch (radix) {
      case 'd' -> String.format(Locale.ROOT, "%07d", offset);
      case 'x' -> String.format(Locale.ROOT, "%06x", offset);
      case 'n' -> "";
      default -> String.format(Locale.ROOT, "%07o", offset);
    };
  }

  private static List<DumpFormat> formats(Options options) throws Failure {
    List<DumpFormat> formats = new ArrayList<>();
    for (Options.Given given : options.given()) {
      if (given.name().equals("t")) {
        addTypes(formats, given.value().orElse(""));
      } else if (SHORT.contains(given.name())) {
        addTypes(formats, shortFormat(given.name().charAt(0)));
      }
    }
    if (formats.isEmpty()) {
      addTypes(formats, "o2");
    }
    return formats;
  }

  private static String shortFormat(char letter) {
    return switch (letter) {
      case 'a' -> "a";
      case 'b' -> "o1";
      case 'c' -> "c";
      case 'd' -> "u2";
      case 'f' -> "f8";
      case 'h', 'x' -> "x2";
      case 'i' -> "d4";
      case 'l' -> "d8";
      case 's' -> "d2";
      default -> "o2";
    };
  }

  private static void addTypes(List<DumpFormat> formats, String types) throws Failure {
    int i = 0;
    while (i < types.length()) {
      char letter = types.charAt(i++);
      if ("acdfoux".indexOf(letter) < 0) {
        throw new Failure("invalid type string '" + types + "'");
      }
      int size = letter == 'a' || letter == 'c' ? 1 : letter == 'f' ? 8 : 4;
      int named = i < types.length() ? "CSILFD1248".indexOf(types.charAt(i)) : -1;
      if (named >= 0) {
        size = new int[] {1, 2, 4, 8, 4, 8, 1, 2, 4, 8}[named];
        i++;
      }
      if (i < types.length() && types.charAt(i) == 'z') {
        i++;
      }
      formats.add(new DumpFormat(letter, size, width(letter, size)));
    }
  }

  private static int width(char letter, int size) {
    return switch (letter) {
      case 'd' -> new int[] {4, 6, 11, 20}[Integer.numberOfTrailingZeros(size)];
      case 'u' -> new int[] {3, 5, 10, 20}[Integer.numberOfTrailingZeros(size)];
      case 'f' -> size == 4 ? 15 : 24;
      case 'a', 'c' -> 3;
      default -> 0;
    };
  }
}
