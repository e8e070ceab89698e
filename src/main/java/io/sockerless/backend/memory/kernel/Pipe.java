package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one end to another, as many as Linux' pipes hold. */
public final class Pipe {

  private static final int CAPACITY = 65_536;
  private static final AtomicLong SERIAL = new AtomicLong();

  private final long serial = SERIAL.incrementAndGet();
  private final Instant created = Instant.now();
  private volatile int uid;
  private volatile int gid;
  private volatile int mode = 0600;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private byte[] ring = new byte[4_096];
  private int start;
  private int count;
  private int readers;
  private int writers;

  /** One of whoever makes it. */
  public Pipe() {
    Credentials maker =
        Task.current().map(task -> task.files().credentials()).orElse(Credentials.ROOT);
    this.uid = maker.uid();
    this.gid = maker.gid();
  }

  /** A user's, who can open it by its name in {@code /proc} again. */
  public Pipe(int uid) {
    this.uid = uid;
    this.gid = 0;
  }

  /** One more end to read from; the pipe breaks when the last one is released. */
  public OpenFile reader() {
    lock.lock();
    try {
      readers++;
      return new Reader();
    } finally {
      lock.unlock();
    }
  }

  /** One more end to write to; the pipe ends when the last one is released. */
  public OpenFile writer() {
    lock.lock();
    try {
      writers++;
      return new Writer();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a reader and a writer, as opening a FIFO does. */
  public void awaitBothEnds() throws IOException {
    lock.lock();
    try {
      filled.signalAll();
      drained.signalAll();
      while (readers == 0 && count == 0) {
        Waiting.on(drained);
      }
      while (writers == 0 && count == 0) {
        Waiting.on(filled);
      }
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (count == 0) {
        if (writers == 0) {
          return -1;
        }
        Waiting.on(filled);
      }
      int taken = Math.min(length, count);
      int first = Math.min(taken, ring.length - start);
      System.arraycopy(ring, start, bytes, offset, first);
      System.arraycopy(ring, 0, bytes, offset + first, taken - first);
      start = (start + taken) % ring.length;
      count -= taken;
      drained.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      lock.lock();
      try {
        while (readers > 0 && count == CAPACITY) {
          Waiting.on(drained);
        }
        if (readers > 0) {
          done += append(bytes, offset + done, length - done);
          filled.signalAll();
          continue;
        }
      } finally {
        lock.unlock();
      }
      Task.current().ifPresent(task -> task.raise(Signal.PIPE));
      throw Errno.EPIPE.exception();
    }
  }

  private int append(byte[] bytes, int offset, int length) {
    int added = Math.min(length, CAPACITY - count);
    grow(count + added);
    int end = (start + count) % ring.length;
    int first = Math.min(added, ring.length - end);
    System.arraycopy(bytes, offset, ring, end, first);
    System.arraycopy(bytes, offset + first, ring, 0, added - first);
    count += added;
    return added;
  }

  private void grow(int needed) {
    if (needed <= ring.length) {
      return;
    }
    byte[] larger = new byte[Math.min(CAPACITY, Math.max(needed, ring.length * 4))];
    int first = Math.min(count, ring.length - start);
    System.arraycopy(ring, start, larger, 0, first);
    System.arraycopy(ring, 0, larger, first, count - first);
    ring = larger;
    start = 0;
  }

  private FileStat describe() {
    return new FileStat(
        0, serial, FileType.FIFO, mode, 1, uid, gid, 0, 0, created, created, created);
  }

  /** One end; the pipe's owner and mode are those of both. */
  private abstract class End extends OpenFile {
    @Override
    public FileStat stat() {
      return describe();
    }

    @Override
    public void setOwner(int newUid, int newGid) {
      uid = newUid;
      gid = newGid;
    }

    @Override
    public void setMode(int newMode) {
      mode = newMode;
    }
  }

  private final class Reader extends End {
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return take(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      throw Errno.EBADF.exception();
    }

    @Override
    public boolean awaitReadable(long nanos) throws IOException {
      lock.lock();
      try {
        long left = nanos;
        while (count == 0 && writers > 0) {
          if (left <= 0) {
            return false;
          }
          left = Waiting.on(filled, left);
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    protected void release() {
      lock.lock();
      try {
        readers--;
        drained.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Writer extends End {
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw Errno.EBADF.exception();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      put(bytes, offset, length);
    }

    @Override
    protected void release() {
      lock.lock();
      try {
        writers--;
        filled.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
