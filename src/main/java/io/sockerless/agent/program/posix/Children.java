package io.sockerless.agent.program.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Which of the agent's children somebody waits for; the status of all others, which are orphans, is
 * nobody's.
 */
public final class Children {

  private static final int ANY = 0;
  private static final int ONE = 1;
  private static final int EXITED = 4;
  private static final int DO_NOT_WAIT = 1;
  private static final int LEAVE_STATUS = 0x01000000;
  private static final int INFORMATION_SIZE = 128;
  private static final int INFORMATION_PID = 16;

  private static final Set<Integer> AWAITED = ConcurrentHashMap.newKeySet();

  /** Who starts a child shares it; who takes the status of orphans has it alone. */
  private static final ReadWriteLock STARTING = new ReentrantReadWriteLock();

  private Children() {}

  /** Starts a child. */
  @FunctionalInterface
  interface Start {
    /** Its process id. */
    int start() throws PosixException;
  }

  /** Starts a child whose status {@link #await} takes. */
  static int start(Start start) throws PosixException {
    STARTING.readLock().lock();
    try {
      int pid = start.start();
      AWAITED.add(pid);
      return pid;
    } finally {
      STARTING.readLock().unlock();
    }
  }

  /** Waits until a child has ended; its process id stays its own until its status is taken. */
  public static void await(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(INFORMATION_SIZE, 8);
      int result;
      do {
        result = Native.WAITID.callInt(ONE, pid, information.address(), EXITED | LEAVE_STATUS);
      } while (result == -Errno.EINTR);
    }
  }

  /** Takes the status of a child that has ended: its exit code, or 128 and its signal. */
  public static int take(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      Native.WAITPID.callInt(pid, status.address(), 0);
      AWAITED.remove(pid);
      int told = status.get(ValueLayout.JAVA_INT, 0);
      int signal = told & 0x7f;
      return signal == 0 ? told >> 8 & 0xff : 128 + signal;
    }
  }

  /**
   * Takes the status of an orphan that has ended.
   *
   * @return whether there may be more
   */
  public static boolean reapOrphan() {
    STARTING.writeLock().lock();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment information = arena.allocate(INFORMATION_SIZE, 8);
      int options = EXITED | LEAVE_STATUS | DO_NOT_WAIT;
      int result = Native.WAITID.callInt(ANY, 0, information.address(), options);
      int pid = information.get(ValueLayout.JAVA_INT, INFORMATION_PID);
      if (result != 0 || pid == 0 || AWAITED.contains(pid)) {
        return false;
      }
      Native.WAITPID.callInt(pid, 0, DO_NOT_WAIT);
      return true;
    } finally {
      STARTING.writeLock().unlock();
    }
  }
}
