package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file of the sandbox as libraries want to read it that jump about in it. */
final class FileChannelOver implements SeekableByteChannel {

  private final OpenFile file;
  private long position;
  private boolean open = true;

  /** The file is closed with this. */
  FileChannelOver(OpenFile file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    byte[] bytes = new byte[Math.min(target.remaining(), 65_536)];
    if (bytes.length == 0) {
      return 0;
    }
    int count = file.readAt(position, bytes, 0, bytes.length);
    if (count > 0) {
      target.put(bytes, 0, count);
      position += count;
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.stat().size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      file.close();
    }
  }
}
