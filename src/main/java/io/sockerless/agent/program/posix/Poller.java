package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Waits for all pipes and terminals on one thread, so that a session costs none, and whoever reads
 * or writes one may be a virtual thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
final class Poller {

  static final int READABLE = 1;
  static final int WRITABLE = 4;

  private static final int ONCE = 1 << 30;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int MAX_EVENTS = 64;

  /** The kernel packs the structure on x86-64 alone. */
  private static final int DATA = SystemCall.IS_X86 ? 4 : 8;

  private static final int EVENT = DATA + 8;

  private final Descriptor epoll;
  private final Map<Integer, Semaphore> waiting = new ConcurrentHashMap<>();

  private Poller() {
    try {
      epoll = Descriptor.of(Native.EPOLL_CREATE.callInt(Descriptor.CLOSE_ON_EXEC));
    } catch (PosixException e) {
      throw new IllegalStateException("no epoll", e);
    }
    Thread.ofPlatform().daemon().name("agent-poller").start(this::run);
  }

  /** Made when it is first needed, and for good. */
  private static final class Holder {
    static final Poller POLLER = new Poller();
  }

  static Poller get() {
    return Holder.POLLER;
  }

  /** Takes over a descriptor; its semaphore gets a permit when it is ready or has failed. */
  void add(Descriptor descriptor, Semaphore ready) throws PosixException {
    waiting.put(descriptor.number(), ready);
    check(control(ADD, descriptor, ONCE));
  }

  /** Asks for one permit. */
  void arm(Descriptor descriptor, int events) throws PosixException {
    check(control(MODIFY, descriptor, events | ONCE));
  }

  /** Lets go of a descriptor that is about to be closed. */
  void remove(Descriptor descriptor) {
    control(DELETE, descriptor, 0);
    waiting.remove(descriptor.number());
  }

  private int control(int operation, Descriptor descriptor, int events) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT, 8);
      event.set(ValueLayout.JAVA_INT, 0, events);
      event.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA, descriptor.number());
      return Native.EPOLL_CONTROL.callInt(
          epoll.number(), operation, descriptor.number(), event.address());
    }
  }

  private void run() {
    MemorySegment events = Arena.global().allocate((long) EVENT * MAX_EVENTS, 8);
    while (true) {
      int count = Native.EPOLL_WAIT.callInt(epoll.number(), events.address(), MAX_EVENTS, -1);
      for (int i = 0; i < count; i++) {
        long number = events.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) i * EVENT + DATA);
        Semaphore ready = waiting.get((int) number);
        if (ready != null) {
          ready.release();
        }
      }
    }
  }
}
