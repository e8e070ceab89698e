package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code split}: a file in pieces of so many lines or bytes. */
public final class Split extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "l:b:a:d", "lines=l", "bytes=b", "suffix-length=a", "numeric-suffixes=d");
    List<String> operands = options.operands(0, 2);
    String prefix = operands.size() > 1 ? operands.get(1) : "x";
    int suffix = Numbers.integer(options.value('a').orElse("2"), 1, 100);
    boolean bytes = options.has('b');
    long size = Numbers.size(options.value(bytes ? 'b' : 'l').orElse("1000"));
    if (size <= 0) {
      throw new Failure("number " + size + " is not in 1..9223372036854775807 range");
    }
    try (Input input = Input.open(task, operands.isEmpty() ? "-" : operands.getFirst());
        Pieces pieces = new Pieces(task, prefix, suffix, options.has('d'))) {
      if (bytes) {
        splitBytes(input, pieces, size);
      } else {
        splitLines(task, input, pieces, size);
      }
    }
    return 0;
  }

  private static void splitBytes(Input input, Pieces pieces, long size) throws IOException {
    byte[] buffer = new byte[65_536];
    long left = 0;
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      int done = 0;
      while (done < count) {
        if (left == 0) {
          pieces.begin();
          left = size;
        }
        int part = (int) Math.min(left, count - done);
        pieces.current().write(buffer, done, part);
        done += part;
        left -= part;
      }
    }
  }

  private static void splitLines(Task task, Input input, Pieces pieces, long size)
      throws IOException {
    LineReader lines = new LineReader(task, input);
    for (long i = 0; lines.next(); i++) {
      if (i % size == 0) {
        pieces.begin();
      }
      pieces.current().write(lines.buffer(), lines.start(), lines.length());
      if (lines.isTerminated()) {
        pieces.current().write('\n');
      }
    }
  }

  /** The files that are written, one after the other. */
  private static final class Pieces implements AutoCloseable {
    private final Task task;
    private final String prefix;
    private final int suffix;
    private final int radix;
    private long number;
    private Optional<Output> current = Optional.empty();

    Pieces(Task task, String prefix, int suffix, boolean numeric) {
      this.task = task;
      this.prefix = prefix;
      this.suffix = suffix;
      this.radix = numeric ? 10 : 26;
    }

    Output current() {
      return current.orElseThrow();
    }

    void begin() throws IOException {
      close();
      OpenFile file = task.files().create(prefix + name(), OpenMode.WRITE, 0666, false);
      current = Optional.of(new Output(task, file));
    }

    private String name() throws Failure {
      char[] digits = new char[suffix];
      long left = number++;
      for (int i = suffix - 1; i >= 0; i--) {
        digits[i] = (char) ((radix == 10 ? '0' : 'a') + left % radix);
        left /= radix;
      }
      if (left > 0) {
        throw new Failure("suffixes exhausted");
      }
      return new String(digits);
    }

    @Override
    public void close() throws IOException {
      Optional<Output> closing = current;
      current = Optional.empty();
      if (closing.isPresent()) {
        closing.get().close();
      }
    }
  }
}
