package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenMode;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code uniq}: lines that follow an equal one are left out, counted, or alone shown. */
public final class Uniq extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "cduf:s:w:iz",
            "count=c",
            "repeated=d",
            "unique=u",
            "skip-fields=f",
            "skip-chars=s",
            "check-chars=w",
            "ignore-case=i",
            "zero-terminated=z");
    List<String> files = options.operands(0, 2);
    String from = files.isEmpty() ? "-" : files.getFirst();
    boolean toFile = files.size() > 1 && !files.get(1).equals("-");
    try (Input input = open(task, from)) {
      if (!toFile) {
        copy(task, options, input, output);
        return 0;
      }
      try (Output file =
          new Output(task, task.files().create(files.get(1), OpenMode.WRITE, 0666, false))) {
        copy(task, options, input, file);
      }
      return 0;
    }
  }

  private static Input open(Task task, String name) throws IOException {
    try {
      return Input.open(task, name);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  private static void copy(Task task, Options options, Input input, Output output)
      throws IOException {
    Key key = Key.of(options);
    int end = options.has('z') ? 0 : '\n';
    LineReader lines = new LineReader(task, input, end);
    if (!lines.next()) {
      return;
    }
    byte[] current = lines.bytes();
    byte[] currentKey = key.of(current);
    long count = 1;
    while (lines.next()) {
      byte[] line = lines.bytes();
      byte[] lineKey = key.of(line);
      if (Arrays.equals(lineKey, currentKey)) {
        count++;
        continue;
      }
      print(output, options, current, count, end);
      current = line;
      currentKey = lineKey;
      count = 1;
    }
    print(output, options, current, count, end);
  }

  private static void print(Output output, Options options, byte[] line, long count, int end)
      throws IOException {
    if (options.has(count > 1 ? 'u' : 'd')) {
      return;
    }
    if (options.has('c')) {
      output.print(String.format(Locale.ROOT, "%7d ", count));
    }
    output.write(line);
    output.write(end);
  }

  /** The part of a line that is compared. */
  private record Key(int fields, int characters, int most, boolean ignoreCase) {

    static Key of(Options options) throws Failure {
      return new Key(
          number(options, 'f', 0),
          number(options, 's', 0),
          number(options, 'w', Integer.MAX_VALUE),
          options.has('i'));
    }

    private static int number(Options options, char letter, int otherwise) throws Failure {
      Optional<String> value = options.value(letter);
      return value.isEmpty() ? otherwise : Numbers.integer(value.get(), 0, Integer.MAX_VALUE);
    }

    byte[] of(byte[] line) {
      int start = 0;
      for (int i = 0; i < fields; i++) {
        while (start < line.length && (line[start] == ' ' || line[start] == '\t')) {
          start++;
        }
        while (start < line.length && line[start] != ' ' && line[start] != '\t') {
          start++;
        }
      }
      start = (int) Math.min(line.length, (long) start + characters);
      int length = Math.min(most, line.length - start);
      byte[] key = Arrays.copyOfRange(line, start, start + length);
      for (int i = 0; ignoreCase && i < key.length; i++) {
        key[i] = key[i] >= 'A' && key[i] <= 'Z' ? (byte) (key[i] + 32) : key[i];
      }
      return key;
    }
  }
}
