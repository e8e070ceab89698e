package io.sockerless.backend.core.image;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Tells how far something has got, at its beginning and end and not too often between. */
final class Ticker {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Progress progress;
  private final String id;
  private final String status;
  private final long total;
  private long last = System.nanoTime() - PAUSE;

  Ticker(Progress progress, String id, String status, long total) {
    this.progress = progress;
    this.id = id;
    this.status = status;
    this.total = total;
  }

  void reached(long current) throws IOException {
    long now = System.nanoTime();
    if (now - last >= PAUSE || current == total) {
      last = now;
      progress.amount(id, status, current, total);
    }
  }
}
