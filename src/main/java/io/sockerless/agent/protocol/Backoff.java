package io.sockerless.agent.protocol;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a connection is tried again: about a second at first, twice as long each
 * time, half a minute at most, and never as long as all the others.
 */
public final class Backoff {

  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;

  private long next = FIRST_MILLIS;

  /** A connection stood: it begins anew. */
  public void reset() {
    next = FIRST_MILLIS;
  }

  /** Waits, for between a half and the whole of what is due. */
  public void pause() throws InterruptedException {
    long due = next;
    next = Math.min(due * 2, LONGEST_MILLIS);
    Thread.sleep(ThreadLocalRandom.current().nextLong(due / 2, due + 1));
  }
}
