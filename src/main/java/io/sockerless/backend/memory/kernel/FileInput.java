package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.io.InputStream;

/** Reads an open file as a stream, unbuffered; to close it leaves the file open. */
public final class FileInput extends InputStream {

  private final OpenFile file;

  /** Reads this file from its position on. */
  public FileInput(OpenFile file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Task.current().ifPresent(Task::checkpoint);
    return length == 0 ? 0 : file.read(bytes, offset, length);
  }
}
