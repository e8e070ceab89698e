package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The copying of {@code dd}: input blocks become output blocks, and all of them are counted, full
 * ones and others.
 */
final class DdCopy {

  private static final int USUAL_BLOCK = 512;
  private static final int LARGEST_BLOCK = 64 << 20;

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

  DdCopy(Task task, Map<String, String> values, Set<String> flags) throws Failure {
    this.task = task;
    this.values = Map.copyOf(values);
    this.flags = Set.copyOf(flags);
    int both = block("bs", USUAL_BLOCK);
    this.inputBlock = values.containsKey("bs") ? both : block("ibs", USUAL_BLOCK);
    this.outputBlock = values.containsKey("bs") ? both : block("obs", USUAL_BLOCK);
  }

  /** The output takes no more. */
  private static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(PosixException cause) {
      super(cause.getMessage(), cause);
    }
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

  /** Copies, and answers the exit code. */
  int run() throws IOException {
    task.kernel().memory().charge(inputBlock + (long) outputBlock);
    DdFiles files = new DdFiles(task, values, flags);
    long seek = number("seek") * (flags.contains("oflag=seek_bytes") ? 1 : outputBlock);
    try (OpenFile input = files.openInput();
        OpenFile output = files.openOutput(seek)) {
      skip(input);
      copy(input, output);
      if (flags.contains("conv=fsync") || flags.contains("conv=fdatasync")) {
        output.sync();
      }
    } catch (WriteException e) {
      String target = values.getOrDefault("of", "standard output");
      task.complain("error writing '" + target + "': " + e.getMessage());
      report(false);
      return 1;
    } finally {
      task.kernel().memory().charge(-inputBlock - (long) outputBlock);
    }
    report(!flags.contains("status=noxfer"));
    return 0;
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
    try {
      output.write(buffer, 0, length);
    } catch (PosixException e) {
      throw new WriteException(e);
    }
    bytes += length;
    if (length == outputBlock) {
      fullOut++;
    } else {
      partOut++;
    }
  }

  private void report(boolean transfer) throws IOException {
    if (flags.contains("status=none")) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(fullIn).append('+').append(partIn).append(" records in\n");
    text.append(fullOut).append('+').append(partOut).append(" records out\n");
    if (transfer) {
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
