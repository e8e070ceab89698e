package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.io.OutputStream;

/** Writes to an open file as a stream, unbuffered; to close it leaves the file open. */
public final class FileOutput extends OutputStream {

  private final OpenFile file;

  /** Writes to this file from its position on. */
  public FileOutput(OpenFile file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Task.current().ifPresent(Task::checkpoint);
    if (length > 0) {
      file.write(bytes, offset, length);
    }
  }
}
