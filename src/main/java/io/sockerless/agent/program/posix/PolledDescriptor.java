package io.sockerless.agent.program.posix;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A descriptor that one thread waits for, and that another may close meanwhile. */
final class PolledDescriptor implements AutoCloseable {

  private final Descriptor descriptor;
  private final Semaphore ready = new Semaphore(0);
  private final ReentrantLock closing = new ReentrantLock();
  private boolean closed;
  private boolean large;

  PolledDescriptor(Descriptor descriptor) throws PosixException {
    this.descriptor = descriptor;
    descriptor.setNonBlocking();
    Poller.get().add(descriptor, ready);
  }

  int tryRead(byte[] bytes, int offset, int length) {
    return noted(descriptor.tryRead(bytes, offset, length));
  }

  int tryWrite(byte[] bytes, int offset, int length) {
    return noted(descriptor.tryWrite(bytes, offset, length));
  }

  /** Of thousands of pipes few carry as much as fills them. */
  private int noted(int count) {
    if (count == Buffers.SIZE && !large) {
      large = true;
      descriptor.use(_ -> descriptor.enlarge());
    }
    return count;
  }

  /** Waits until it is ready, closed or woken. */
  void await(int events) throws IOException {
    arm(events);
    try {
      ready.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The same, but no longer than this; it comes back without telling which it was. */
  void await(int events, long nanos) throws IOException {
    arm(events);
    try {
      boolean inTime = ready.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      if (inTime) {
        ready.drainPermits();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", e);
  }

  private void arm(int events) throws PosixException {
    closing.lock();
    try {
      if (!closed) {
        Poller.get().arm(descriptor, events);
      }
    } finally {
      closing.unlock();
    }
  }

  void wake() {
    ready.release();
  }

  @Override
  public void close() {
    closing.lock();
    try {
      if (!closed) {
        closed = true;
        Poller.get().remove(descriptor);
        descriptor.close();
      }
    } finally {
      closing.unlock();
    }
    wake();
  }
}
