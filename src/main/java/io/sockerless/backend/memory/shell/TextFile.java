package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.time.Instant;

/** A here-document, to be read once: a pipe that is as long as its text. */
final class TextFile extends OpenFile {

  private final byte[] text;
  private final Instant created = Instant.now();
  private int position;

  TextFile(byte[] text) {
    this.text = text;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    if (position == text.length) {
      return -1;
    }
    int count = Math.min(length, text.length - position);
    System.arraycopy(text, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    throw Errno.EBADF.exception();
  }

  @Override
  public FileStat stat() {
    return new FileStat(
        0, 0, FileType.FIFO, 0600, 1, 0, 0, 0, text.length, created, created, created);
  }
}
