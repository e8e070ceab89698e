package io.sockerless.backend.core.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Breaks a download off that brings nothing for a minute, so that it is resumed. */
final class StallGuard extends FilterInputStream {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private volatile long lastRead = System.nanoTime();
  private volatile boolean closed;

  StallGuard(InputStream stream) {
    super(stream);
    watch();
  }

  private void watch() {
    CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .execute(() -> {
          if (closed) {
            return;
          }
          if (System.nanoTime() - lastRead < LIMIT.toNanos()) {
            watch();
          } else {
            breakOff();
          }
        });
  }

  private void breakOff() {
    try {
      in.close();
    } catch (IOException e) {
      // The reader gets its own error.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    lastRead = System.nanoTime();
    return count;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
  }
}
