package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A buffered stream of a file that it owns, or of standard input. It has no locks, and tells an
 * error of reading from one of writing, which utilities word differently.
 */
public final class Input extends InputStream {

  /** A read failed. */
  public static final class ReadException extends IOException {
    private static final long serialVersionUID = 1L;

    ReadException(PosixException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static final int BUFFER = 65_536;

  private final Task task;
  private final OpenFile file;
  private final boolean owned;
  private byte @Nullable [] buffer;
  private int start;
  private int end;

  private Input(Task task, OpenFile file, boolean owned) {
    this.task = task;
    this.file = file;
    this.owned = owned;
  }

  /**
   * Opens a file; {@code -} is standard input.
   *
   * @throws PosixException if it cannot be opened
   */
  public static Input open(Task task, String name) throws IOException {
    return name.equals("-") ? standard(task) : of(task, name);
  }

  /** Opens a file, whatever its name is. */
  public static Input of(Task task, String name) throws IOException {
    return new Input(task, task.files().open(name, OpenMode.READ), true);
  }

  /**
   * Opens a file without which a utility cannot do anything.
   *
   * @throws Failure with code 1 and BusyBox's words if it cannot be opened
   */
  public static Input required(Task task, String name) throws IOException {
    try {
      return of(task, name);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  /** Standard input, which stays open when this is closed. */
  public static Input standard(Task task) throws IOException {
    return new Input(task, task.descriptors().get(0), false);
  }

  /** An open file, which is closed with this. */
  public static Input of(Task task, OpenFile file) {
    return new Input(task, file, true);
  }

  /** The file that is read. */
  public OpenFile file() {
    return file;
  }

  @Override
  public int read() throws IOException {
    if (start == end && !fill()) {
      return -1;
    }
    return buffer()[start++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (start == end) {
      if (length >= BUFFER) {
        return readFile(bytes, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - start);
    System.arraycopy(buffer(), start, bytes, offset, count);
    start += count;
    return count;
  }

  /** Reads everything up to the end, and charges the container for it. */
  public byte[] readAll(Charge charge) throws IOException {
    byte[] all = new byte[BUFFER];
    int count = 0;
    charge.add(all.length);
    while (true) {
      if (count == all.length) {
        charge.add(all.length);
        all = Arrays.copyOf(all, Math.multiplyExact(all.length, 2));
      }
      int read = read(all, count, all.length - count);
      if (read < 0) {
        return Arrays.copyOf(all, count);
      }
      count += read;
    }
  }

  private byte[] buffer() {
    byte[] bytes = buffer;
    if (bytes == null) {
      bytes = new byte[BUFFER];
      buffer = bytes;
    }
    return bytes;
  }

  private boolean fill() throws IOException {
    int count = readFile(buffer(), 0, BUFFER);
    start = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  private int readFile(byte[] bytes, int offset, int length) throws IOException {
    task.checkpoint();
    try {
      return file.read(bytes, offset, length);
    } catch (PosixException e) {
      throw new ReadException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (owned) {
      file.close();
    }
  }
}
