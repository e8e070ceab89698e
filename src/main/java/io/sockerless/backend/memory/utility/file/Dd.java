package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies blocks. */
final class Dd extends Utility {

  private static final int USUAL_BLOCK = 512;
  private static final int LARGEST_BLOCK = 64 << 20;
  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "conv",
              Set.of("notrunc", "sync", "noerror", "fsync", "fdatasync", "swab", "excl", "nocreat"),
          "iflag", Set.of("skip_bytes", "count_bytes", "fullblock", "direct"),
          "oflag", Set.of("seek_bytes", "append", "direct"),
          "status", Set.of("none", "noxfer", "progress"));
  private static final Set<String> VALUES =
      Set.of("if", "of", "bs", "ibs", "obs", "count", "skip", "seek");

  @Override
  protected int run(Task task, Output output) throws IOException {
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (String operand : task.arguments().subList(1, task.arguments().size())) {
      read(operand, values, flags);
    }
    return new Copy(task, values, flags).run();
  }

  private static void read(String operand, Map<String, String> values, Set<String> flags)
      throws Failure {
    int equals = operand.indexOf('=');
    String name = equals < 0 ? operand : operand.substring(0, equals);
    String value = operand.substring(equals + 1);
    if (VALUES.contains(name) && equals > 0) {
      values.put(name, value);
      return;
    }
    Set<String> known = FLAGS.get(name);
    if (known == null || equals < 0) {
      throw new Failure("missing operand: not '" + operand + "'");
    }
    for (String flag : value.split(",", -1)) {
      if (!known.contains(flag)) {
        throw new Failure("invalid argument '" + flag + "' to '" + name + "'");
      }
      flags.add(name + "=" + flag);
    }
  }

  private static final class Copy {
    private final Task task;
    private final Map<String, String> values;
    private final Set<String> flags;
    private final int inputBlock;
    private final int outputBlock;
    private final long started = System.nanoTime();
    private long fullIn;
    private long partIn;
    private long fullOut;
    private long partOut;
    private long bytes;
    private byte[] pending = new byte[0];
    private int held;

    Copy(Task task, Map<String, String> values, Set<String> flags) throws Failure {
      this.task = task;
      this.values = Map.copyOf(values);
      this.flags = Set.copyOf(flags);
      int both = block("bs", USUAL_BLOCK);
      this.inputBlock = values.containsKey("bs") ? both : block("ibs", USUAL_BLOCK);
      this.outputBlock = values.containsKey("bs") ? both : block("obs", USUAL_BLOCK);
    }

    private int block(String name, int otherwise) throws Failure {
      String text = values.get(name);
      if (text == null) {
        return otherwise;
      }
      long size = Numbers.size(text);
      if (size <= 0) {
        throw new Failure("number " + text + " is not in 1..9223372036854775807 range");
      }
      if (size > LARGEST_BLOCK) {
        throw new Failure("Out of memory");
      }
      return (int) size;
    }

    private long number(String name) throws Failure {
      String text = values.getOrDefault(name, "0");
      long number = Numbers.size(text);
      if (number < 0) {
        throw Quantities.invalid(text);
      }
      return number;
    }

    int run() throws IOException {
      task.kernel().memory().charge(inputBlock + (long) outputBlock);
      try (OpenFile input = openInput();
          OpenFile output = openOutput()) {
        skip(input);
        copy(input, output);
        if (flags.contains("conv=fsync") || flags.contains("conv=fdatasync")) {
          output.sync();
        }
      } finally {
        task.kernel().memory().charge(-inputBlock - (long) outputBlock);
      }
      report();
      return 0;
    }

    private OpenFile openInput() throws IOException {
      String path = values.get("if");
      if (path == null) {
        return task.descriptors().get(0).retain();
      }
      try {
        return task.files().open(path, OpenMode.READ);
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + path + "'", e);
      }
    }

    private OpenFile openOutput() throws IOException {
      String path = values.get("of");
      long seek = number("seek") * (flags.contains("oflag=seek_bytes") ? 1 : outputBlock);
      if (path == null) {
        OpenFile file = task.descriptors().get(1).retain();
        if (seek > 0) {
          file.seek(seek, OpenFile.Whence.CURRENT);
        }
        return file;
      }
      try {
        boolean append = flags.contains("oflag=append");
        OpenMode mode = new OpenMode(false, true, append, false);
        OpenFile file =
            flags.contains("conv=nocreat")
                ? task.files().open(path, mode)
                : task.files().create(path, mode, 0666, flags.contains("conv=excl"));
        if (!flags.contains("conv=notrunc") && file.stat().isRegular()) {
          file.truncate(seek);
        }
        if (seek > 0) {
          file.seek(seek, OpenFile.Whence.SET);
        }
        return file;
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + path + "'", e);
      }
    }

    private void skip(OpenFile input) throws IOException {
      long skip = number("skip") * (flags.contains("iflag=skip_bytes") ? 1 : inputBlock);
      if (skip == 0) {
        return;
      }
      if (input.stat().isRegular()) {
        input.seek(skip, OpenFile.Whence.CURRENT);
        return;
      }
      byte[] buffer = new byte[inputBlock];
      long left = skip;
      while (left > 0) {
        task.checkpoint();
        int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return;
        }
        left -= read;
      }
    }

    private void copy(OpenFile input, OpenFile output) throws IOException {
      boolean counted = values.containsKey("count");
      boolean inBytes = flags.contains("iflag=count_bytes");
      long left = counted ? number("count") : Long.MAX_VALUE;
      byte[] buffer = new byte[inputBlock];
      pending = new byte[outputBlock];
      while (left > 0) {
        task.checkpoint();
        int wanted = inBytes ? (int) Math.min(left, inputBlock) : inputBlock;
        int read = read(input, buffer, wanted);
        if (read < 0) {
          break;
        }
        left -= inBytes ? read : 1;
        if (read == inputBlock) {
          fullIn++;
        } else {
          partIn++;
          read = pad(buffer, read);
        }
        if (flags.contains("conv=swab")) {
          swap(buffer, read);
        }
        put(output, buffer, read);
      }
      if (held > 0) {
        write(output, pending, held);
        held = 0;
      }
    }

    private int read(OpenFile input, byte[] buffer, int wanted) throws IOException {
      int count = input.read(buffer, 0, wanted);
      boolean full = flags.contains("iflag=fullblock");
      while (full && count > 0 && count < wanted) {
        int more = input.read(buffer, count, wanted - count);
        if (more < 0) {
          break;
        }
        count += more;
      }
      return count == 0 ? -1 : count;
    }

    private int pad(byte[] buffer, int read) {
      if (!flags.contains("conv=sync")) {
        return read;
      }
      Arrays.fill(buffer, read, inputBlock, (byte) 0);
      return inputBlock;
    }

    private static void swap(byte[] buffer, int length) {
      for (int i = 0; i + 1 < length; i += 2) {
        byte first = buffer[i];
        buffer[i] = buffer[i + 1];
        buffer[i + 1] = first;
      }
    }

    /** With one size for both, what was read is written as it is; else blocks are filled first. */
    private void put(OpenFile output, byte[] buffer, int length) throws IOException {
      if (inputBlock == outputBlock && held == 0) {
        write(output, buffer, length);
        return;
      }
      int done = 0;
      while (done < length) {
        int taken = Math.min(length - done, outputBlock - held);
        System.arraycopy(buffer, done, pending, held, taken);
        held += taken;
        done += taken;
        if (held == outputBlock) {
          write(output, pending, held);
          held = 0;
        }
      }
    }

    private void write(OpenFile output, byte[] buffer, int length) throws IOException {
      output.write(buffer, 0, length);
      bytes += length;
      if (length == outputBlock) {
        fullOut++;
      } else {
        partOut++;
      }
    }

    private void report() throws IOException {
      if (flags.contains("status=none")) {
        return;
      }
      StringBuilder text = new StringBuilder();
      text.append(fullIn).append('+').append(partIn).append(" records in\n");
      text.append(fullOut).append('+').append(partOut).append(" records out\n");
      if (!flags.contains("status=noxfer")) {
        Duration time = Duration.ofNanos(Math.max(1, System.nanoTime() - started));
        double seconds = time.toNanos() / 1e9;
        text.append(
            String.format(
                Locale.ROOT,
                "%d bytes (%sB) copied, %f seconds, %sB/s\n",
                bytes,
                Quantities.human(bytes),
                seconds,
                Quantities.human((long) (bytes / seconds))));
      }
      task.error().write(Text.encode(text.toString()));
    }
  }
}
