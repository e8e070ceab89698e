package io.sockerless.agent.program.posix;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * What a process writes. It ends when all that have the other end have closed it, or some time
 * after the process has ended: whoever inherited the stream may keep it open for ever.
 */
public final class PolledInput extends InputStream {

  /** What the process itself wrote is in the pipe, which the kernel allows no more than this. */
  private static final int MAX_LEFT_BEHIND = 1 << 20;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PolledDescriptor descriptor;
  private volatile boolean processEnded;
  private volatile long deadline;
  private int readAfterDeadline;

  /** Takes over the reading end of a pipe, or a terminal. */
  public PolledInput(Descriptor descriptor) throws PosixException {
    this.descriptor = new PolledDescriptor(descriptor);
  }

  /** Tells that the process has ended, so that the stream will end soon. */
  public void processEnded() {
    deadline = System.nanoTime() + PATIENCE_NANOS;
    processEnded = true;
    descriptor.wake();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int count = descriptor.tryRead(bytes, offset, length);
      if (count > 0) {
        return isSpent(count) ? end() : count;
      }
      if (count == 0 || count == -Errno.EIO) {
        return end();
      }
      if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
        throw new PosixException(-count);
      }
      if (!awaitMore()) {
        return end();
      }
    }
  }

  /** Someone else goes on writing, and what the process itself wrote has been read. */
  private boolean isSpent(int count) {
    if (!processEnded || System.nanoTime() - deadline < 0) {
      return false;
    }
    readAfterDeadline += count;
    return readAfterDeadline > MAX_LEFT_BEHIND;
  }

  private boolean awaitMore() throws IOException {
    if (!processEnded) {
      descriptor.await(Poller.READABLE);
      return true;
    }
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    descriptor.await(Poller.READABLE, left);
    return true;
  }

  private int end() {
    close();
    return -1;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
