package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads lines from what others read on from: not one byte more is taken. */
public final class LineInput {

  private static final int BLOCK = 4_096;

  private final Task task;
  private final OpenFile file;
  private final boolean seekable;

  /** Reads from an open file. */
  public LineInput(Task task, OpenFile file) throws IOException {
    this.task = task;
    this.file = file;
    this.seekable = file.stat().isRegular();
  }

  /**
   * The next bytes up to one that ends them, that included; none at the end of the file.
   *
   * @param most how many there may be
   */
  public byte[] next(int delimiter, int most) throws IOException {
    return next(delimiter, most, OptionalLong.empty());
  }

  /**
   * The same with an end to patience.
   *
   * @param deadline of {@link System#nanoTime}; what has come until then is all
   */
  public byte[] next(int delimiter, int most, OptionalLong deadline) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] block = new byte[seekable ? BLOCK : 1];
    long charged = 0;
    try {
      while (line.size() < most) {
        task.checkpoint();
        if (deadline.isPresent() && !comes(deadline.getAsLong(), line.size() > 0)) {
          break;
        }
        int count = file.read(block, 0, Math.min(block.length, most - line.size()));
        if (count < 0) {
          break;
        }
        int end = indexOf(block, count, delimiter);
        int taken = end < 0 ? count : end + 1;
        line.write(block, 0, taken);
        if (line.size() > charged) {
          task.kernel().memory().charge(BLOCK);
          charged += BLOCK;
        }
        if (end >= 0) {
          if (taken < count) {
            file.seek(taken - (long) count, OpenFile.Whence.CURRENT);
          }
          break;
        }
      }
      return line.toByteArray();
    } finally {
      task.kernel().memory().charge(-charged);
    }
  }

  /** Whether there is more in time; something that is there is read once, however late it is. */
  private boolean comes(long deadline, boolean begun) throws IOException {
    long left = deadline - System.nanoTime();
    return (left > 0 || !begun) && file.awaitReadable(Math.max(0, left));
  }

  private static int indexOf(byte[] block, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      if ((block[i] & 0xff) == wanted) {
        return i;
      }
    }
    return -1;
  }
}
