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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code shuf}: lines, words or numbers in a random order. */
public final class Shuf extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "ei:n:o:zr",
            "echo=e",
            "input-range=i",
            "head-count=n",
            "output=o",
            "zero-terminated=z");
    int end = options.has('z') ? 0 : '\n';
    try (Charge charge = new Charge(task)) {
      List<byte[]> all = items(task, options, end, charge);
      Collections.shuffle(all, new SecureRandom());
      long most = options.number('n', Long.MAX_VALUE);
      if (options.value('o').isEmpty()) {
        print(output, all, most, end);
        return 0;
      }
      String name = options.value('o').get();
      try (Output file = new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false))) {
        print(file, all, most, end);
      }
      return 0;
    }
  }

  private static void print(Output output, List<byte[]> all, long most, int end)
      throws IOException {
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      output.write(all.get(i));
      output.write(end);
    }
  }

  private static List<byte[]> items(Task task, Options options, int end, Charge charge)
      throws IOException {
    List<byte[]> all = new ArrayList<>();
    if (options.has('e')) {
      options.operands().forEach(word -> all.add(Text.encode(word)));
      return all;
    }
    if (options.has('i')) {
      String range = options.value('i').orElse("");
      if (!range.matches("[0-9]{1,18}-[0-9]{1,18}")) {
        throw new Failure("bad range '" + range + "'");
      }
      int dash = range.indexOf('-');
      long last = Long.parseLong(range.substring(dash + 1));
      for (long i = Long.parseLong(range.substring(0, dash)); i <= last; i++) {
        charge.add(40);
        all.add(Text.encode(Long.toString(i)));
      }
      return all;
    }
    List<String> files = options.operands(0, 1);
    String name = files.isEmpty() ? "-" : files.getFirst();
    try (LineReader lines = new LineReader(task, Input.open(task, name), end)) {
      while (lines.next()) {
        charge.add(lines.length() + 40L);
        all.add(lines.bytes());
      }
    } catch (PosixException e) {
      throw Failure.of(1, name, e);
    }
    return all;
  }
}
