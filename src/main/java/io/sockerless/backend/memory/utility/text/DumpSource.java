package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The bytes that a dump shows: those of all files in a row, from an offset on, up to a number. */
final class DumpSource implements AutoCloseable {

  private final Task task;
  private final Deque<String> names;
  private Optional<Input> input = Optional.empty();
  private long offset;
  private long left;
  private boolean failed;

  DumpSource(Task task, List<String> names, long skip, long most) throws IOException {
    this.task = task;
    this.names = new ArrayDeque<>(names);
    this.left = Long.MAX_VALUE;
    byte[] skipped = new byte[4_096];
    while (offset < skip && read(skipped, (int) Math.min(skip - offset, skipped.length)) > 0) {}
    this.left = most;
  }

  /** Where the next byte lies. */
  long offset() {
    return offset;
  }

  /** Whether a file could not be read. */
  boolean hasFailed() {
    return failed;
  }

  /** One line of a dump. */
  @FunctionalInterface
  interface BlockAction {
    /** Shows what lies at the offset. */
    void show(long offset, byte[] block, int count) throws IOException;
  }

  /**
   * Hands over all that is left, a block at a time.
   *
   * @param size of a block in bytes
   * @param all whether blocks are shown that are like the one before; else a star stands for them
   */
  void eachBlock(Output output, int size, boolean all, BlockAction action) throws IOException {
    byte[] last = new byte[0];
    boolean starred = false;
    while (true) {
      long at = offset;
      byte[] block = new byte[size];
      int count = read(block, size);
      if (count == 0) {
        return;
      }
      if (!all && count == size && Arrays.equals(block, last)) {
        output.print(starred ? "" : "*\n");
        starred = true;
        continue;
      }
      starred = false;
      last = block;
      action.show(at, block, count);
    }
  }

  /** Fills a block as far as there are bytes; 0 at the end. */
  int read(byte[] block, int size) throws IOException {
    int count = 0;
    int wanted = (int) Math.min(size, left);
    while (count < wanted && (input.isPresent() || open())) {
      int read = input.orElseThrow().read(block, count, wanted - count);
      if (read < 0) {
        close();
      } else {
        count += read;
      }
    }
    offset += count;
    left -= count;
    return count;
  }

  private boolean open() throws IOException {
    while (!names.isEmpty()) {
      String name = names.remove();
      try {
        input = Optional.of(Input.open(task, name));
        return true;
      } catch (PosixException e) {
        task.complain(name + ": " + e.getMessage());
        failed = true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    Optional<Input> closing = input;
    input = Optional.empty();
    if (closing.isPresent()) {
      closing.get().close();
    }
  }
}
