package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code join}: lines of two sorted files that have a field in common. */
public final class Join extends Utility {

  private static final byte[] NONE = new byte[0];

  /** What the options say. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Settings(
      int field1,
      int field2,
      OptionalInt separator,
      byte[] empty,
      List<int[]> format,
      boolean unpaired1,
      boolean unpaired2,
      boolean paired,
      boolean ignoreCase) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "1:2:j:t:e:o:a:v:i", "ignore-case=i");
    List<String> names = options.operands(2, 2);
    Settings settings = settings(options);
    try (LineReader first = new LineReader(task, Input.open(task, names.get(0)));
        LineReader second = new LineReader(task, Input.open(task, names.get(1)));
        Charge charge = new Charge(task)) {
      new Joining(output, settings, charge, first, second).join();
    }
    return 0;
  }

  private static Settings settings(Options options) throws Failure {
    int both = (int) options.number('j', 1);
    List<String> unpaired = options.values("a");
    List<String> only = options.values("v");
    List<int[]> format = new ArrayList<>();
    for (String part : String.join(",", options.values("o")).split("[, ]+", -1)) {
      if (part.equals("0")) {
        format.add(new int[] {0, 0});
      } else if (part.matches("[12]\\.[0-9]{1,9}")) {
        format.add(new int[] {part.charAt(0) - '0', Integer.parseInt(part.substring(2))});
      } else if (!part.isEmpty()) {
        throw new Failure("invalid field specifier: '" + part + "'");
      }
    }
    return new Settings(
        (int) options.number('1', both),
        (int) options.number('2', both),
        options
            .value('t')
            .map(text -> OptionalInt.of(Text.encode(text)[0]))
            .orElse(OptionalInt.empty()),
        Text.encode(options.value('e').orElse("")),
        format,
        unpaired.contains("1") || only.contains("1"),
        unpaired.contains("2") || only.contains("2"),
        only.isEmpty(),
        options.has('i'));
  }

  private record Joining(
      Output output, Settings settings, Charge charge, LineReader first, LineReader second) {

    void join() throws IOException {
      Optional<List<byte[]>> a = next(first);
      List<List<byte[]>> group = new ArrayList<>();
      Optional<List<byte[]>> b = next(second);
      while (a.isPresent() || b.isPresent()) {
        int order = order(a, b);
        if (order < 0) {
          printIf(settings.unpaired1(), a.orElseThrow(), List.of());
          a = next(first);
        } else if (order > 0) {
          printIf(settings.unpaired2(), List.of(), b.orElseThrow());
          b = next(second);
        } else {
          List<byte[]> key = a.orElseThrow();
          while (b.isPresent() && order(Optional.of(key), b) == 0) {
            group.add(b.get());
            b = next(second);
          }
          while (a.isPresent() && order(a, Optional.of(group.getFirst())) == 0) {
            for (List<byte[]> other : group) {
              printIf(settings.paired(), a.get(), other);
            }
            a = next(first);
          }
          group.clear();
        }
      }
    }

    private int order(Optional<List<byte[]>> a, Optional<List<byte[]>> b) {
      if (a.isEmpty() || b.isEmpty()) {
        return a.isEmpty() ? 1 : -1;
      }
      byte[] left = field(a.get(), settings.field1());
      byte[] right = field(b.get(), settings.field2());
      return settings.ignoreCase()
          ? Text.decode(left).compareToIgnoreCase(Text.decode(right))
          : Arrays.compareUnsigned(left, right);
    }

    private static byte[] field(List<byte[]> fields, int number) {
      return number <= fields.size() ? fields.get(number - 1) : NONE;
    }

    private Optional<List<byte[]>> next(LineReader lines) throws IOException {
      if (!lines.next()) {
        return Optional.empty();
      }
      charge.add(0);
      return Optional.of(fields(lines.bytes()));
    }

    private List<byte[]> fields(byte[] line) {
      List<byte[]> fields = new ArrayList<>();
      int start = 0;
      boolean blanks = settings.separator().isEmpty();
      for (int i = 0; i <= line.length; i++) {
        boolean ends =
            i == line.length
                || (blanks
                    ? line[i] == ' ' || line[i] == '\t'
                    : line[i] == settings.separator().getAsInt());
        if (ends) {
          if (!blanks || i > start) {
            fields.add(Arrays.copyOfRange(line, start, i));
          }
          start = i + 1;
        }
      }
      return fields;
    }

    private void printIf(boolean wanted, List<byte[]> a, List<byte[]> b) throws IOException {
      if (!wanted) {
        return;
      }
      byte[] key = a.isEmpty() ? field(b, settings.field2()) : field(a, settings.field1());
      List<byte[]> chosen = new ArrayList<>();
      if (settings.format().isEmpty()) {
        chosen.add(key);
        addOthers(chosen, a, settings.field1());
        addOthers(chosen, b, settings.field2());
      }
      for (int[] part : settings.format()) {
        chosen.add(part[0] == 0 ? key : field(part[0] == 1 ? a : b, part[1]));
      }
      for (int i = 0; i < chosen.size(); i++) {
        if (i > 0) {
          output.write(settings.separator().orElse(' '));
        }
        output.write(chosen.get(i).length == 0 ? settings.empty() : chosen.get(i));
      }
      output.write('\n');
    }

    private static void addOthers(List<byte[]> chosen, List<byte[]> fields, int key) {
      for (int i = 0; i < fields.size(); i++) {
        if (i != key - 1) {
          chosen.add(fields.get(i));
        }
      }
    }
  }
}
