package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code tail}: the last lines or bytes, or all from a place on; on request what comes later too.
 */
public final class Tail extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            plusRewritten(task),
            1,
            "n:c:qvfFs:",
            "lines=n",
            "bytes=c",
            "quiet=q",
            "silent=q",
            "verbose=v",
            "follow::",
            "retry",
            "sleep-interval=s");
    boolean bytes = options.lastOf("nc").filter(letter -> letter == 'c').isPresent();
    String count = options.value(bytes ? 'c' : 'n').orElse("10");
    Headers headers = Headers.of(options);
    boolean byName = options.has('F') || options.has("retry");
    boolean follow = byName || options.has('f') || options.has("follow");
    Follower follower = new Follower(task, output, headers, byName);
    int code =
        openEach(
            task,
            output,
            options.files(),
            (name, input) -> {
              headers.print(output, name);
              new Ending(task, output, bytes, count).copy(input);
              if (follow) {
                follower.add(name, input);
              }
            });
    if (follow) {
      output.flush();
      follower.addMissing(options.files());
      follower.follow(interval(options));
    }
    return code;
  }

  /** {@code +5} is the obsolete way to write {@code -n +5}. */
  private static List<String> plusRewritten(Task task) {
    List<String> arguments = ObsoleteCount.rewrite(task.arguments());
    if (!arguments.isEmpty() && arguments.getFirst().matches("\\+[0-9]+")) {
      arguments.set(0, "-n" + arguments.getFirst());
    }
    return arguments;
  }

  private static Duration interval(Options options) throws Failure {
    String text = options.value('s').orElse("1");
    OptionalDouble seconds = NumberText.floating(text);
    if (seconds.isEmpty() || seconds.getAsDouble() < 0 || seconds.getAsDouble() > 1e9) {
      throw new Failure("invalid number '" + text + "'");
    }
    return Duration.ofMillis(Math.max(1, (long) (seconds.getAsDouble() * 1000)));
  }

  /** Copies the end of one file. */
  private static final class Ending {
    private final Task task;
    private final Output output;
    private final boolean bytes;
    private final boolean fromStart;
    private final long count;

    Ending(Task task, Output output, boolean bytes, String count) throws Failure {
      this.task = task;
      this.output = output;
      this.bytes = bytes;
      this.fromStart = count.startsWith("+");
      this.count = Math.abs(Numbers.size(count));
    }

    void copy(Input input) throws IOException {
      if (fromStart) {
        skip(input);
        copyRest(input);
      } else if (bytes) {
        copyLastBytes(input);
      } else {
        copyLastLines(input);
      }
    }

    private void skip(Input input) throws IOException {
      long left = Math.max(0, count - 1);
      int value;
      while (left > 0 && (value = input.read()) >= 0) {
        if (bytes || value == '\n') {
          left--;
        }
      }
    }

    private void copyRest(Input input) throws IOException {
      byte[] buffer = new byte[65_536];
      int read;
      while ((read = input.read(buffer, 0, buffer.length)) >= 0) {
        output.write(buffer, 0, read);
      }
    }

    private void copyLastBytes(Input input) throws IOException {
      try (Charge charge = new Charge(task)) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        int read;
        while ((read = input.read(buffer, 0, buffer.length)) >= 0) {
          charge.add(read);
          kept.write(buffer, 0, read);
          if (kept.size() > 2 * count + buffer.length) {
            byte[] all = kept.toByteArray();
            kept.reset();
            kept.write(all, all.length - (int) count, (int) count);
            charge.add(count - all.length);
          }
        }
        byte[] all = kept.toByteArray();
        int length = (int) Math.min(count, all.length);
        output.write(all, all.length - length, length);
      }
    }

    private void copyLastLines(Input input) throws IOException {
      try (Charge charge = new Charge(task)) {
        Deque<byte[]> last = new ArrayDeque<>();
        LineReader lines = new LineReader(task, input);
        boolean terminated = true;
        while (lines.next()) {
          charge.add(lines.length());
          last.add(lines.bytes());
          terminated = lines.isTerminated();
          if (last.size() > count) {
            charge.add(-last.remove().length);
          }
        }
        while (!last.isEmpty()) {
          output.write(last.remove());
          if (!last.isEmpty() || terminated) {
            output.write('\n');
          }
        }
      }
    }
  }
}
