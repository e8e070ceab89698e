package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A buffered stream to standard output or to a file, without locks; it takes text as well. */
public final class Output extends OutputStream {

  private final Task task;
  private final Optional<OpenFile> file;
  private final byte[] buffer = new byte[65_536];
  private int count;

  /** Standard output, which stays open when this is closed. */
  public Output(Task task) {
    this.task = task;
    this.file = Optional.empty();
  }

  /** An open file, which is closed with this. */
  public Output(Task task, OpenFile file) {
    this.task = task;
    this.file = Optional.of(file);
  }

  @Override
  public void write(int value) throws IOException {
    if (count == buffer.length) {
      flush();
    }
    buffer[count++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - count) {
      flush();
      if (length >= buffer.length) {
        send(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, count, length);
    count += length;
  }

  /** Writes text. */
  public void print(String text) throws IOException {
    byte[] bytes = Text.encode(text);
    write(bytes, 0, bytes.length);
  }

  /** Writes text and a newline. */
  public void printLine(String text) throws IOException {
    print(text);
    write('\n');
  }

  @Override
  public void flush() throws IOException {
    int length = count;
    count = 0;
    if (length > 0) {
      send(buffer, 0, length);
    }
  }

  /** Writes out what there is, where an error that is told already matters more than this one. */
  void flushQuietly() throws IOException {
    try {
      flush();
    } catch (PosixException e) {
      count = 0;
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    task.checkpoint();
    OpenFile target = file.isPresent() ? file.get() : task.descriptors().get(1);
    target.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }
}
