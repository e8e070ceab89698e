package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/** Keeps what is written to it, for a test to look at. */
final class ByteSink extends OpenFile {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    throw Errno.EBADF.exception();
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
  }

  @Override
  public FileStat stat() {
    Instant now = Instant.now();
    return new FileStat(0, 1, FileType.FIFO, 0600, 1, 0, 0, 0, 0, now, now, now);
  }
}
