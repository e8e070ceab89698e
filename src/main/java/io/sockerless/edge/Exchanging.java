package io.sockerless.edge;

import io.sockerless.engine.Cancellation;
import io.sockerless.wire.BodyInput;
import io.sockerless.wire.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The request being served: watched for a client that leaves, which cancels what it asked for. */
final class Exchanging {
  private static final long WATCH_AFTER = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long GRACE_MILLIS = 1000;

  private final Connection client;
  private final BodyInput body;
  private final Cancellation cancellation;
  private final long started = System.nanoTime();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final boolean endsByItself;
  private boolean watched;

  Exchanging(Connection client, BodyInput body, Cancellation cancellation, boolean endsByItself) {
    this.client = client;
    this.body = body;
    this.cancellation = cancellation;
    this.endsByItself = endsByItself;
  }

  /** Whether the answer has an end of its own, unlike that to somebody who watches. */
  boolean endsByItself() {
    return endsByItself;
  }

  void finish() {
    finished.countDown();
  }

  void cancel() {
    cancellation.cancel();
  }

  /** Only the ticking thread calls this, and {@link #isWatched}. */
  void watchIfDue(long now) {
    if (!watched && now - started > WATCH_AFTER && body.isFinished() && finished.getCount() > 0) {
      watched = true;
      client.input().watch(this::left);
    }
  }

  boolean isWatched() {
    return watched;
  }

  /**
   * A client that only ended its direction still gets an answer that is near; a stream that goes on
   * is cut.
   */
  private void left() {
    try {
      if (!finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
