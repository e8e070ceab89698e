package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** A file's bytes in memory, in pages; a page that was never written takes none. */
final class MemoryContent implements Content {

  private static final int PAGE = 4_096;

  private final Quota quota;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, byte[]> pages = new HashMap<>();
  private volatile long size;

  MemoryContent(Quota quota) {
    this.quota = quota;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOwn() {
    return true;
  }

  @Override
  public void own() {}

  @Override
  public int read(long position, byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (position >= size) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      for (int done = 0; done < count; ) {
        int start = (int) ((position + done) % PAGE);
        int piece = Math.min(PAGE - start, count - done);
        byte[] page = pages.get((position + done) / PAGE);
        if (page == null) {
          Arrays.fill(bytes, offset + done, offset + done + piece, (byte) 0);
        } else {
          System.arraycopy(page, start, bytes, offset + done, piece);
        }
        done += piece;
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(long position, byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      put(position, bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long append(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      put(size, bytes, offset, length);
      return size;
    } finally {
      lock.unlock();
    }
  }

  private void put(long position, byte[] bytes, int offset, int length) throws IOException {
    Content.checkSize(position + length);
    if (length == 0) {
      return;
    }
    long missing = 0;
    for (long page = position / PAGE; page <= (position + length - 1) / PAGE; page++) {
      missing += pages.containsKey(page) ? 0 : PAGE;
    }
    quota.reserve(missing);
    for (int done = 0; done < length; ) {
      int start = (int) ((position + done) % PAGE);
      int piece = Math.min(PAGE - start, length - done);
      byte[] page = pages.computeIfAbsent((position + done) / PAGE, _ -> new byte[PAGE]);
      System.arraycopy(bytes, offset + done, page, start, piece);
      done += piece;
    }
    size = Math.max(size, position + length);
  }

  @Override
  public void truncate(long newSize) throws IOException {
    Content.checkSize(newSize);
    lock.lock();
    try {
      if (newSize < size) {
        cut(newSize);
      }
      size = newSize;
    } finally {
      lock.unlock();
    }
  }

  private void cut(long newSize) {
    int before = pages.size();
    long kept = (newSize + PAGE - 1) / PAGE;
    pages.keySet().removeIf(page -> page >= kept);
    byte[] last = pages.get(newSize / PAGE);
    if (last != null) {
      Arrays.fill(last, (int) (newSize % PAGE), PAGE, (byte) 0);
    }
    quota.release((long) (before - pages.size()) * PAGE);
  }

  @Override
  public void use() {}

  @Override
  public void release() {}

  @Override
  public void discard() {
    lock.lock();
    try {
      cut(0);
      size = 0;
    } finally {
      lock.unlock();
    }
  }
}
