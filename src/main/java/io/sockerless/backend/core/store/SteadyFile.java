package io.sockerless.backend.core.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * The store's file. The JDK closes a file's channel for everybody when one thread is interrupted
 * while it reads or writes, and the thread that serves a client is when the client leaves; what
 * goes through a {@link RandomAccessFile} knows of no interrupts.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the lock sees to it
final class SteadyFile extends FileBaseDefault {

  private final RandomAccessFile file;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Opens the file, and makes it if it is not there.
   *
   * @param mode as {@link RandomAccessFile} has it
   */
  SteadyFile(String name, String mode) throws IOException {
    this.file = new RandomAccessFile(name, mode);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    byte[] bytes = new byte[target.remaining()];
    int count;
    lock.lock();
    try {
      file.seek(position);
      count = file.read(bytes);
    } finally {
      lock.unlock();
    }
    target.put(bytes, 0, Math.max(count, 0));
    return count;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    lock.lock();
    try {
      file.seek(position);
      file.write(bytes);
    } finally {
      lock.unlock();
    }
    return bytes.length;
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    lock.lock();
    try {
      if (size < file.length()) {
        file.setLength(size);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.getFD().sync();
  }

  /** Null if another process holds it. */
  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.getChannel().tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
