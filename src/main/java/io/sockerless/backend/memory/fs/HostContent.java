package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.locks.ReentrantLock;

/** The bytes of a file of the host that is open. */
final class HostContent implements Content {

  private final RandomAccessFile file;
  private final ReentrantLock lock = new ReentrantLock();

  /** Takes the file over. */
  HostContent(RandomAccessFile file) {
    this.file = file;
  }

  /** One access at a time, with the host's errors told as the sandbox's. */
  @FunctionalInterface
  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T locked(Access<T> access) throws IOException {
    lock.lock();
    try {
      return access.run();
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size() {
    try {
      return locked(file::length);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public boolean isOwn() {
    return true;
  }

  @Override
  public void own() {}

  @Override
  public int read(long position, byte[] bytes, int offset, int length) throws IOException {
    return locked(() -> {
      file.seek(position);
      return file.read(bytes, offset, length);
    });
  }

  @Override
  public void write(long position, byte[] bytes, int offset, int length) throws IOException {
    Content.checkSize(position + length);
    locked(() -> put(position, bytes, offset, length));
  }

  @Override
  public long append(byte[] bytes, int offset, int length) throws IOException {
    return locked(() -> put(file.length(), bytes, offset, length));
  }

  private long put(long position, byte[] bytes, int offset, int length) throws IOException {
    file.seek(position);
    file.write(bytes, offset, length);
    return position + length;
  }

  @Override
  public void truncate(long size) throws IOException {
    Content.checkSize(size);
    locked(() -> {
      file.setLength(size);
      return size;
    });
  }

  @Override
  public void use() {}

  @Override
  public void release() throws IOException {
    file.close();
  }

  @Override
  public void discard() {}
}
