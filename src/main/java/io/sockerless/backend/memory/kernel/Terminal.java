package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

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
  private static final byte[] NEWLINE = {'\r', '\n'};

  private final Kernel kernel;
  private final Instant created = Instant.now();
  private final Pipe printed = new Pipe();
  private final OpenFile printer = printed.writer();
  private final OpenFile screen = printed.reader();
  private final InputQueue queue = new InputQueue();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile TerminalSettings settings = TerminalSettings.SANE;
  private volatile int foreground;
  private volatile int rows;
  private volatile int columns;
  private volatile int uid;

  /** A terminal of this size, in characters, for a container's tasks. */
  public Terminal(Kernel kernel, int rows, int columns) {
    this.kernel = kernel;
    this.rows = rows;
    this.columns = columns;
  }

  /** Gives it to a user, who can open it by its name again. */
  public void belongTo(int user) {
    uid = user;
  }

  /** How it treats input and output. */
  public TerminalSettings settings() {
    return settings;
  }

  /** Changes how it treats input and output. */
  public void setSettings(TerminalSettings settings) {
    this.settings = settings;
    if (!settings.canonical()) {
      queue.endEditing();
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
    opened.incrementAndGet();
    return new Line();
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
    byte[] shown = queue.type(key, () -> settings.canonical());
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
    queue.flush();
    if (settings.echo()) {
      byte[] shown = TypedLine.echo(key);
      printer.write(shown, 0, shown.length);
    }
    kernel.processes().signalGroup(foreground, signal);
    return true;
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
    if (opened.decrementAndGet() == 0) {
      queue.hangUp();
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
      return queue.read(bytes, offset, length, settings);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      print(bytes, offset, length);
    }

    @Override
    public boolean awaitReadable(long nanos) throws IOException {
      return queue.awaitReadable(nanos);
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
          0, 3, FileType.CHARACTER, 0620, 1, uid, 5, 136 << 8, 0, created, created, created);
    }

    @Override
    protected void release() throws IOException {
      released();
    }
  }
}
