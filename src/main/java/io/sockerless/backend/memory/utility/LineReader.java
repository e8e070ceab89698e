package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lines of bytes, read in large pieces and without copies: a line is a part of {@link #buffer}
 * until the next one is asked for. A line that does not fit is charged to the container.
 */
public final class LineReader implements AutoCloseable {

  private static final int BUFFER = 65_536;

  private final Input input;
  private final byte terminator;
  private final Charge charge;
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int length;
  private int next;
  private int end;
  private boolean terminated;
  private boolean atEnd;

  /** Lines that end in a newline. */
  public LineReader(Task task, Input input) {
    this(task, input, '\n');
  }

  /** Lines that end in a byte of choice. */
  public LineReader(Task task, Input input, int terminator) {
    this.input = input;
    this.terminator = (byte) terminator;
    this.charge = new Charge(task);
  }

  /** Goes to the next line; false if there is none. */
  public boolean next() throws IOException {
    start = next;
    int from = next;
    while (true) {
      for (int i = from; i < end; i++) {
        if (buffer[i] == terminator) {
          length = i - start;
          next = i + 1;
          terminated = true;
          return true;
        }
      }
      from = end - start;
      if (!fill()) {
        length = end - start;
        next = end;
        terminated = false;
        return length > 0;
      }
    }
  }

  /** Moves the line that has begun to the front, and reads more behind it. */
  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int kept = end - start;
    if (kept == buffer.length) {
      charge.add(kept);
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(kept, 2));
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    start = 0;
    end = kept;
    int count = input.read(buffer, end, buffer.length - end);
    atEnd = count < 0;
    end += Math.max(count, 0);
    return !atEnd;
  }

  /** Whether there is another line after this one; reads on to find out. */
  public boolean hasMore() throws IOException {
    if (next < end) {
      return true;
    }
    int consumed = next - start;
    boolean more = fill();
    next = start + consumed;
    return more;
  }

  /** The bytes that hold the line; they change with the next one. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the line begins in {@link #buffer}. */
  public int start() {
    return start;
  }

  /** How many bytes it has, the terminator not counted. */
  public int length() {
    return length;
  }

  /** Whether it ended in the terminator and not at the file's end. */
  public boolean isTerminated() {
    return terminated;
  }

  /** A copy of the line. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  /** The line as text. */
  public String text() {
    return Text.decode(buffer, start, length);
  }

  /** Gives back the memory of long lines, and closes the input. */
  @Override
  public void close() throws IOException {
    charge.close();
    input.close();
  }
}
