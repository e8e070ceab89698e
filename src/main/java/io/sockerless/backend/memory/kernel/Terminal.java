package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pseudo-terminal: what a person types comes in at {@link #keyboard}, what the container prints
 * goes out at {@link #screen}, and the line discipline is between.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3)</a>
 */
public final class Terminal {

  private static final int INTERRUPT = 3;
  private static final int SUSPEND = 26;
  private static final int QUIT = 28;
  private static final int MAX_WAITING = 65_536;
  private static final byte[] NEWLINE = {'\r', '\n'};

  private final Kernel kernel;
  private final Instant created = Instant.now();
  private final Pipe printed = new Pipe();
  private final OpenFile printer = printed.writer();
  private final OpenFile screen = printed.reader();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition typed = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final TypedLine line = new TypedLine();
  private int waitingBytes;
  private int opened;
  private boolean hungUp;
  private volatile TerminalSettings settings = TerminalSettings.SANE;
  private volatile int foreground;
  private volatile int rows;
  private volatile int columns;

  /** A terminal of this size, in characters, for a container's tasks. */
  public Terminal(Kernel kernel, int rows, int columns) {
    this.kernel = kernel;
    this.rows = rows;
    this.columns = columns;
  }

  /** How it treats input and output. */
  public TerminalSettings settings() {
    return settings;
  }

  /** Changes how it treats input and output. */
  public void setSettings(TerminalSettings settings) {
    this.settings = settings;
    lock.lock();
    try {
      if (!settings.canonical() && !line.isEmpty()) {
        handOver(line.take());
      }
      typed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The process group that signals from the keyboard go to. */
  public int foreground() {
    return foreground;
  }

  /** Changes the process group that signals from the keyboard go to. */
  public void setForeground(int group) {
    foreground = group;
  }

  /** Its height in characters. */
  public int rows() {
    return rows;
  }

  /** Its width in characters. */
  public int columns() {
    return columns;
  }

  /** Changes the size and tells the foreground group. */
  public void resize(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    kernel.processes().signalGroup(foreground, Signal.WINCH);
  }

  /** What the container prints; ends when no task has the terminal open any more. */
  public InputStream screen() {
    return new FileInput(screen);
  }

  /** Where a person types; to close it does nothing, as with a keyboard. */
  public OutputStream keyboard() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        type((byte) b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
          type(bytes[i]);
        }
      }
    };
  }

  /** Opens it for a task, to read and to write. */
  public OpenFile open() {
    lock.lock();
    try {
      opened++;
      return new Line();
    } finally {
      lock.unlock();
    }
  }

  private void type(byte b) throws IOException {
    TerminalSettings now = settings;
    int key = b & 0xff;
    if (now.returnToNewline() && key == '\r') {
      key = '\n';
    }
    if (now.signals() && sendSignal(key)) {
      return;
    }
    byte[] shown;
    lock.lock();
    try {
      while (waitingBytes >= MAX_WAITING && !hungUp) {
        Waiting.on(drained);
      }
      if (now.canonical()) {
        TypedLine.Edit edit = line.type(key);
        edit.finished().ifPresent(this::handOver);
        shown = edit.shown();
      } else {
        shown = TypedLine.echo(key);
        handOver(new byte[] {(byte) key});
      }
    } finally {
      lock.unlock();
    }
    if (now.echo()) {
      printer.write(shown, 0, shown.length);
    }
  }

  private boolean sendSignal(int key) throws IOException {
    Signal signal =
        switch (key) {
          case INTERRUPT -> Signal.INT;
          case QUIT -> Signal.QUIT;
          case SUSPEND -> Signal.TSTP;
          default -> Signal.CONT;
        };
    if (signal == Signal.CONT) {
      return false;
    }
    lock.lock();
    try {
      line.clear();
      waiting.clear();
      waitingBytes = 0;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
    if (settings.echo()) {
      byte[] shown = TypedLine.echo(key);
      printer.write(shown, 0, shown.length);
    }
    kernel.processes().signalGroup(foreground, signal);
    return true;
  }

  /** Lets tasks read; nothing at all is the end of the input. */
  private void handOver(byte[] bytes) {
    waiting.add(bytes);
    waitingBytes += bytes.length;
    typed.signalAll();
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      TerminalSettings now = settings;
      boolean limited = !now.canonical() && (now.timeout() > 0 || now.minimum() == 0);
      long left = TimeUnit.MILLISECONDS.toNanos(now.timeout() * 100L);
      while (waiting.isEmpty()) {
        if (hungUp || (limited && left <= 0)) {
          return -1;
        }
        if (limited) {
          left = Waiting.on(typed, left);
        } else {
          Waiting.on(typed);
        }
      }
      byte[] first = waiting.remove();
      if (first.length == 0) {
        return -1;
      }
      int taken = Math.min(length, first.length);
      System.arraycopy(first, 0, bytes, offset, taken);
      if (taken < first.length) {
        waiting.addFirst(Arrays.copyOfRange(first, taken, first.length));
      }
      waitingBytes -= taken;
      drained.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void print(byte[] bytes, int offset, int length) throws IOException {
    if (!settings.processOutput()) {
      printer.write(bytes, offset, length);
      return;
    }
    int from = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        printer.write(bytes, from, i - from);
        printer.write(NEWLINE, 0, NEWLINE.length);
        from = i + 1;
      }
    }
    printer.write(bytes, from, offset + length - from);
  }

  private void released() throws IOException {
    boolean last;
    lock.lock();
    try {
      opened--;
      last = opened == 0;
      hungUp |= last;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
    if (last) {
      printer.close();
    }
  }

  /** The terminal as its tasks have it open. */
  public final class Line extends OpenFile {

    /** The terminal itself. */
    public Terminal terminal() {
      return Terminal.this;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return take(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      print(bytes, offset, length);
    }

    @Override
    public boolean awaitReadable(long nanos) throws IOException {
      lock.lock();
      try {
        long left = nanos;
        while (waiting.isEmpty() && !hungUp) {
          if (left <= 0) {
            return false;
          }
          left = Waiting.on(typed, left);
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean isTerminal() {
      return true;
    }

    @Override
    public void truncate(long size) throws IOException {
      throw Errno.EINVAL.exception();
    }

    @Override
    public FileStat stat() {
      return new FileStat(
          0, 3, FileType.CHARACTER, 0620, 1, 0, 5, 136 << 8, 0, created, created, created);
    }

    @Override
    protected void release() throws IOException {
      released();
    }
  }
}
