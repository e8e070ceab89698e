package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
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
import java.util.List;
import java.util.Optional;

/**
 * {@code sort}: lines in order, by all of them or by keys.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sort.html">sort</a>
 */
public final class Sort extends Utility {

  private static final int ERROR = 2;

  /** What a line costs beyond its bytes. */
  private static final int OVERHEAD = 40;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = options(task);
    LineOrder order = LineOrder.of(task, options);
    int end = options.has('z') ? 0 : '\n';
    if (options.has('c') || options.has('C')) {
      return check(task, options, order, end);
    }
    try (Charge charge = new Charge(task)) {
      List<byte[]> lines = read(task, options.files(), end, charge);
      lines.sort(order);
      Optional<String> file = options.value('o');
      if (file.isEmpty()) {
        print(output, lines, order, options.has('u'), end);
        return 0;
      }
      try (Output target = create(task, file.get())) {
        print(target, lines, order, options.has('u'), end);
      }
      return 0;
    }
  }

  private static Options options(Task task) throws Failure {
    return Options.parse(
        task,
        ERROR,
        "ngMucszbrdfihVk:t:o:mCT:S:",
        "numeric-sort=n",
        "general-numeric-sort=g",
        "month-sort=M",
        "human-numeric-sort=h",
        "version-sort=V",
        "reverse=r",
        "unique=u",
        "stable=s",
        "check=c",
        "key=k",
        "field-separator=t",
        "output=o",
        "merge=m",
        "zero-terminated=z",
        "ignore-case=f",
        "dictionary-order=d",
        "ignore-leading-blanks=b",
        "ignore-nonprinting=i",
        "temporary-directory=T",
        "buffer-size=S",
        "parallel:");
  }

  private static Output create(Task task, String name) throws IOException {
    try {
      return new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false));
    } catch (PosixException e) {
      throw Failure.of(ERROR, name, e);
    }
  }

  private static List<byte[]> read(Task task, List<String> files, int end, Charge charge)
      throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (String file : files) {
      try (LineReader lines = open(task, file, end)) {
        while (lines.next()) {
          charge.add(lines.length() + (long) OVERHEAD);
          all.add(lines.bytes());
        }
      } catch (Input.ReadException e) {
        throw Failure.of(ERROR, file, e);
      }
    }
    return all;
  }

  private static LineReader open(Task task, String file, int end) throws IOException {
    try {
      return new LineReader(task, Input.open(task, file), end);
    } catch (PosixException e) {
      throw Failure.of(ERROR, file, e);
    }
  }

  private static void print(
      Output output, List<byte[]> lines, LineOrder order, boolean unique, int end)
      throws IOException {
    byte[] last = new byte[0];
    boolean first = true;
    for (byte[] line : lines) {
      if (first || !unique || order.compareKeys(last, line) != 0) {
        output.write(line);
        output.write(end);
        last = line;
        first = false;
      }
    }
  }

  private static int check(Task task, Options options, LineOrder order, int end)
      throws IOException {
    String file = options.files().getFirst();
    try (LineReader lines = open(task, file, end)) {
      byte[] last = new byte[0];
      for (long number = 1; lines.next(); number++) {
        byte[] line = lines.bytes();
        int comparison = number == 1 ? -1 : order.compare(last, line);
        if (comparison > 0 || (number > 1 && options.has('u') && comparison == 0)) {
          if (!options.has('C')) {
            task.complain(file + ":" + number + ": disorder: " + Text.decode(line));
          }
          return 1;
        }
        last = line;
      }
    }
    return 0;
  }
}
