package io.sockerless.agent.program.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory outside the heap that bytes go through to a system call. As no call with them waits for
 * anybody, there are never more than threads that run.
 */
final class Buffers {

  static final int SIZE = 65_536;

  private static final ConcurrentLinkedQueue<MemorySegment> FREE = new ConcurrentLinkedQueue<>();

  private Buffers() {}

  static MemorySegment take() {
    MemorySegment free = FREE.poll();
    return free == null ? Arena.global().allocate(SIZE) : free;
  }

  static void giveBack(MemorySegment buffer) {
    FREE.add(buffer);
  }
}
