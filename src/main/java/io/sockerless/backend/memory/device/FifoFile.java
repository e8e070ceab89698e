package io.sockerless.backend.memory.device;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;

/** A FIFO that one task has open in both directions. */
final class FifoFile extends OpenFile {

  private final OpenFile reader;
  private final OpenFile writer;

  FifoFile(OpenFile reader, OpenFile writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return reader.read(bytes, offset, length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    writer.write(bytes, offset, length);
  }

  @Override
  public boolean awaitReadable(long nanos) throws IOException {
    return reader.awaitReadable(nanos);
  }

  @Override
  public FileStat stat() throws IOException {
    return reader.stat();
  }

  @Override
  protected void release() throws IOException {
    writer.close();
    reader.close();
  }
}
