package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * An open file of the kernel, closed once only: its number may soon be another's. Whoever closes it
 * while another thread reads or writes waits for that, so nobody may wait in a read or write.
 */
public final class Descriptor implements AutoCloseable {

  /** As the kernel's {@code FD_CLOEXEC} of {@code open} and {@code pipe2}. */
  static final long CLOSE_ON_EXEC = 02000000;

  private static final long NON_BLOCKING = 04000;
  private static final long GET_FLAGS = 3;
  private static final long SET_FLAGS = 4;
  private static final long DUPLICATE_CLOSE_ON_EXEC = 1_030;
  private static final long SET_PIPE_SIZE = 1_031;
  private static final int LARGE_PIPE = 512 * 1024;

  private final int number;
  private final ReentrantLock use = new ReentrantLock();
  private boolean closed;

  private Descriptor(int number) {
    this.number = number;
  }

  /** What a system call returned, which is an error if it is negative. */
  static Descriptor of(int result) throws PosixException {
    return new Descriptor((int) check(result));
  }

  /** Opens {@code /dev/null} for reading. */
  public static Descriptor openNull() throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long path = Native.text(arena, "/dev/null");
      return of(Native.OPENAT.callInt(FileStatus.HERE, path, CLOSE_ON_EXEC, 0));
    }
  }

  /** Both ends of a pipe. */
  public record Pipe(Descriptor reader, Descriptor writer) {}

  /** Makes a pipe, which no other process inherits. */
  public static Pipe pipe() throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(ValueLayout.JAVA_INT, 2);
      check(Native.PIPE2.callInt(both.address(), CLOSE_ON_EXEC));
      return new Pipe(
          of(both.getAtIndex(ValueLayout.JAVA_INT, 0)),
          of(both.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  /** For other system calls; valid until this is closed. */
  public int number() {
    return number;
  }

  /** A second number for the same open file. */
  public Descriptor duplicate() throws PosixException {
    return of(Native.FCNTL.callInt(number, DUPLICATE_CLOSE_ON_EXEC, 0));
  }

  /** From now on no read or write waits; whoever shares the open file gets that as well. */
  public void setNonBlocking() throws PosixException {
    long flags = check(Native.FCNTL.callInt(number, GET_FLAGS, 0));
    check(Native.FCNTL.callInt(number, SET_FLAGS, flags | NON_BLOCKING));
  }

  /**
   * Lets a pipe hold more than its usual 64 KB, so that its two ends take turns less often. What is
   * no pipe, or a user who has too much in pipes already, has it stay as it is.
   */
  void enlarge() {
    long _ = Native.FCNTL.callInt(number, SET_PIPE_SIZE, LARGE_PIPE);
  }

  /** Gives the file to a user. */
  public void setOwner(int uid, int gid) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long none = Native.text(arena, "");
      check(Native.FCHOWNAT.callInt(number, none, uid, gid, FileStatus.EMPTY_PATH));
    }
  }

  /**
   * Reads once.
   *
   * @return how many bytes, 0 at the end or if none are wanted, or a negative error number
   */
  public int tryRead(byte[] bytes, int offset, int length) {
    MemorySegment buffer = Buffers.take();
    use.lock();
    try {
      if (closed) {
        return 0;
      }
      int wanted = Math.min(length, Buffers.SIZE);
      int count = (int) Native.READ.call(number, buffer.address(), wanted);
      if (count > 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, count);
      }
      return count;
    } finally {
      use.unlock();
      Buffers.giveBack(buffer);
    }
  }

  /**
   * Writes once.
   *
   * @return how many bytes, or a negative error number
   */
  public int tryWrite(byte[] bytes, int offset, int length) {
    MemorySegment buffer = Buffers.take();
    use.lock();
    try {
      if (closed) {
        return -Errno.EPIPE;
      }
      int count = Math.min(length, Buffers.SIZE);
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, count);
      return (int) Native.WRITE.call(number, buffer.address(), count);
    } finally {
      use.unlock();
      Buffers.giveBack(buffer);
    }
  }

  /** Writes all of it to a file, for which nobody has to wait long. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int count = tryWrite(bytes, offset + done, length - done);
      if (count != -Errno.EINTR) {
        done += (int) check(count);
      }
    }
  }

  /** Goes to a position in a file. */
  public void seek(long position) throws PosixException {
    check(Native.LSEEK.call(number, position, 0));
  }

  /** Cuts a file, or lets it end with a hole. */
  public void truncate(long size) throws PosixException {
    check(Native.FTRUNCATE.callInt(number, size));
  }

  /** The content of a file from where it stands on. */
  public InputStream input() {
    return new InputStream() {
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
        int count;
        do {
          count = tryRead(bytes, offset, length);
        } while (count == -Errno.EINTR);
        return count == 0 ? -1 : (int) check(count);
      }
    };
  }

  /** Does something with the number, which must not take long; nothing once it is closed. */
  void use(IntConsumer action) {
    use.lock();
    try {
      if (!closed) {
        action.accept(number);
      }
    } finally {
      use.unlock();
    }
  }

  @Override
  public void close() {
    use.lock();
    try {
      if (!closed) {
        closed = true;
        Native.CLOSE.callInt(number);
      }
    } finally {
      use.unlock();
    }
  }
}
