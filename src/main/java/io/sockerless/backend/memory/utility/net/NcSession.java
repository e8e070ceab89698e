package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One conversation of {@code nc}: a socket joined with standard input and output, or with a
 * program's.
 *
 * @param atEnd what tells the other side that standard input has ended
 * @param patience how long the other side may be silent
 * @param linger how long to wait for the other side once standard input has ended
 * @param impatient the exit code if patience is over: that of a stream is an error, while datagrams
 *     have no other end
 */
record NcSession(
    Task task,
    OpenFile socket,
    End atEnd,
    Optional<Duration> patience,
    Optional<Duration> linger,
    int impatient) {

  private static final int BUFFER = 65_536;
  private static final Duration STEP = Duration.ofMillis(50);

  /** Ends a direction. */
  @FunctionalInterface
  interface End {
    void run() throws IOException;
  }

  /** What {@code -q} says; a negative number is for ever. */
  static Optional<Duration> linger(Options options) throws Failure {
    if (options.value('q').filter(it -> !it.startsWith("-")).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Quantities.duration(options.value('q').get()));
  }

  /** Blocks until the conversation is over, and closes the socket. */
  int serve(List<String> program) throws IOException {
    try (socket) {
      if (!program.isEmpty()) {
        return task.waitFor(
            task.fork(
                it -> Commands.execute(it, program),
                it -> {
                  it.descriptors().set(0, socket.retain());
                  it.descriptors().set(1, socket.retain());
                  return 0;
                }));
      }
      CountDownLatch sent = new CountDownLatch(1);
      Task sender = task.fork(it -> send(it, sent));
      try {
        int code = receive(sender);
        awaitFirst(sent);
        return code;
      } finally {
        sender.signal(Signal.KILL);
      }
    }
  }

  private int send(Task sender, CountDownLatch sent) throws IOException {
    try {
      InputStream input = sender.input();
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        socket.write(buffer, 0, read);
        sent.countDown();
      }
      atEnd.run();
      return 0;
    } finally {
      sent.countDown();
    }
  }

  /**
   * BusyBox serves both directions in one loop, input first: what was there to send reaches the
   * other side even if that had nothing to say.
   */
  private void awaitFirst(CountDownLatch sent) throws IOException {
    try {
      if (task.descriptors().get(0).awaitReadable(0)) {
        sent.await();
      }
    } catch (InterruptedException e) {
      task.checkpoint();
    }
  }

  private int receive(Task sender) throws IOException {
    OutputStream output = task.output();
    byte[] buffer = new byte[BUFFER];
    while (awaitMore(sender)) {
      int read = socket.read(buffer, 0, buffer.length);
      if (read < 0) {
        return 0;
      }
      output.write(buffer, 0, read);
    }
    if (impatient != 0 && !lingers(sender)) {
      throw new Failure("timed out");
    }
    return 0;
  }

  /** Whether there is more to read, before it is too late for it. */
  private boolean awaitMore(Task sender) throws IOException {
    if (patience.isEmpty() && linger.isEmpty()) {
      return true;
    }
    long silentUntil = System.nanoTime() + patience.orElse(Nc.FOREVER).toNanos();
    long lingerUntil = Long.MAX_VALUE;
    while (System.nanoTime() - silentUntil < 0) {
      if (lingers(sender)) {
        lingerUntil =
            Math.min(lingerUntil, System.nanoTime() + linger.orElse(Nc.FOREVER).toNanos());
        if (System.nanoTime() - lingerUntil >= 0) {
          return false;
        }
      }
      long next = Math.min(silentUntil, lingerUntil) - System.nanoTime();
      if (socket.awaitReadable(Math.clamp(next, 0, STEP.toNanos()))) {
        return true;
      }
    }
    return false;
  }

  private boolean lingers(Task sender) {
    return linger.isPresent() && sender.hasEnded();
  }
}
