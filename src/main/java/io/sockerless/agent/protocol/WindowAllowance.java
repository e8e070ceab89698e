package io.sockerless.agent.protocol;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far the windows of one link's streams may grow, all in all: what readers that were fast may
 * leave lying once they sleep is bounded, however many they are.
 */
public final class WindowAllowance {

  /** In bytes. */
  static final int LIMIT = 16 * 1024 * 1024;

  private final AtomicInteger left = new AtomicInteger(LIMIT);

  /** Gives all of it or, if there is not as much, nothing. */
  int take(int bytes) {
    int before = left.getAndUpdate(now -> now < bytes ? now : now - bytes);
    return before < bytes ? 0 : bytes;
  }

  void giveBack(int bytes) {
    left.addAndGet(bytes);
  }
}
