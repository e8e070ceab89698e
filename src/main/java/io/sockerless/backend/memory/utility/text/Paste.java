package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code paste}: lines of several files side by side, or each file's lines in one. */
public final class Paste extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "d:s", "delimiters=d", "serial=s");
    byte[] delimiters = delimiters(options.value('d').orElse("\t"));
    List<LineReader> readers = new ArrayList<>();
    try {
      Optional<LineReader> standard = Optional.empty();
      for (String name : options.files()) {
        boolean shared = name.equals("-");
        LineReader reader =
            shared && standard.isPresent()
                ? standard.get()
                : new LineReader(task, open(task, name));
        standard = shared ? Optional.of(reader) : standard;
        readers.add(reader);
      }
      if (options.has('s')) {
        serial(output, readers, delimiters);
      } else {
        parallel(output, readers, delimiters);
      }
      return 0;
    } finally {
      for (LineReader reader : readers) {
        reader.close();
      }
    }
  }

  private static Input open(Task task, String name) throws IOException {
    try {
      return Input.open(task, name);
    } catch (PosixException e) {
      throw Failure.of(1, name, e);
    }
  }

  /** The bytes between lines in turn; {@code \0} stands for none, written as -1 would be. */
  private static byte[] delimiters(String text) {
    String empty = text.isEmpty() ? "\\0" : text;
    return Escapes.of(Text.encode(empty), Escapes.Octal.PLAIN).bytes();
  }

  private static void delimit(Output output, byte[] delimiters, int index) throws IOException {
    byte delimiter = delimiters[index % delimiters.length];
    if (delimiter != 0) {
      output.write(delimiter);
    }
  }

  private static void serial(Output output, List<LineReader> readers, byte[] delimiters)
      throws IOException {
    for (LineReader reader : readers) {
      for (int i = 0; reader.next(); i++) {
        if (i > 0) {
          delimit(output, delimiters, i - 1);
        }
        output.write(reader.buffer(), reader.start(), reader.length());
      }
      output.write('\n');
    }
  }

  private static void parallel(Output output, List<LineReader> readers, byte[] delimiters)
      throws IOException {
    while (true) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean any = false;
      for (int i = 0; i < readers.size(); i++) {
        LineReader reader = readers.get(i);
        byte delimiter = i == 0 ? 0 : delimiters[(i - 1) % delimiters.length];
        if (delimiter != 0) {
          line.write(delimiter);
        }
        if (reader.next()) {
          line.write(reader.buffer(), reader.start(), reader.length());
          any = true;
        }
      }
      if (!any) {
        return;
      }
      line.write('\n');
      output.write(line.toByteArray());
    }
  }
}
