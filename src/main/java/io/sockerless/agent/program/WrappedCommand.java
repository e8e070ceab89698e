package io.sockerless.agent.program;

import io.sockerless.agent.protocol.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The command that the agent stands in front of. It is started when the server first attaches, so
 * that files which are put before it are there; its output waits for whoever attaches, and what was
 * taken out of a pipe already goes to the next one if there is a next server.
 */
final class WrappedCommand {

  private static final int NO_COMMAND = 127;
  private static final int CANNOT_START = 128;
  private static final int PIECE = 64 * 1024;

  /** What a container's end is for all that still runs in it. */
  private static final int KILL = 9;

  private final Options options;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<LocalProcess> running = Optional.empty();
  private Optional<Session> attached = Optional.empty();
  private CompletableFuture<Void> drained = new CompletableFuture<>();

  WrappedCommand(Options options) {
    this.options = options;
  }

  /** Completes with the exit code, once the server has been told it. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** Serves a session until the command has ended. */
  void attach(Message.Attach attach, Session session) throws CannotStart {
    LocalProcess process;
    CompletableFuture<Void> output;
    lock.lock();
    try {
      if (running.isEmpty()) {
        running = Optional.of(start(attach));
        drained = new CompletableFuture<>();
        begin(running.get(), drained);
      }
      process = running.get();
      output = drained;
      attached.ifPresent(Session::abandon);
      attached = Optional.of(session);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    session.started(process);
    if (attach.stdin()) {
      Pump.input(session.stdin(), process.stdin());
    }
    int code = process.exit().join();
    ProcessTable.signalAll(KILL);
    output.join();
    if (isAttached(session)) {
      session.exit(code);
      end();
      ended.complete(code);
    }
  }

  private LocalProcess start(Message.Attach attach) throws CannotStart {
    if (options.command().isEmpty()) {
      throw new CannotStart(NO_COMMAND, "the agent wraps no command");
    }
    LocalProcess process =
        LocalProcess.start(
            new Command(
                options.command(),
                options.environment(),
                made(attach.workdir()),
                attach.user(),
                attach.tty(),
                attach.stdin(),
                attach.height(),
                attach.width()));
    SignalForwarding.to(process);
    return process;
  }

  /** As with dockerd, a folder that the image has not is there all the same. */
  private static String made(String directory) throws CannotStart {
    try {
      Files.createDirectories(Path.of(directory));
    } catch (IOException e) {
      throw new CannotStart(CANNOT_START, "cannot make the working directory: " + e.getMessage());
    }
    return directory;
  }

  private boolean isAttached(Session session) {
    lock.lock();
    try {
      return attached.isPresent() && attached.get() == session;
    } finally {
      lock.unlock();
    }
  }

  /** The next session that attaches starts it again. */
  private void end() {
    lock.lock();
    try {
      running = Optional.empty();
      attached = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void begin(LocalProcess process, CompletableFuture<Void> done) {
    Thread output =
        Thread.ofPlatform()
            .daemon()
            .name("stdout")
            .start(() -> copy(process.stdout(), Session::stdout));
    Thread errors =
        Thread.ofPlatform()
            .daemon()
            .name("stderr")
            .start(() -> copy(process.stderr(), Session::stderr));
    Thread.ofVirtual()
        .start(() -> {
          Sessions.join(output);
          Sessions.join(errors);
          done.complete(null);
        });
  }

  private void copy(InputStream from, Function<Session, OutputStream> stream) {
    byte[] piece = new byte[PIECE];
    try {
      int count;
      while ((count = from.read(piece)) >= 0) {
        deliver(piece, count, stream);
      }
    } catch (IOException e) {
      // It has ended, if badly.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(byte[] piece, int count, Function<Session, OutputStream> stream)
      throws InterruptedException {
    Optional<Session> tried = Optional.empty();
    while (true) {
      Session session = next(tried);
      try {
        stream.apply(session).write(piece, 0, count);
        return;
      } catch (IOException e) {
        tried = Optional.of(session);
      }
    }
  }

  /** The session that is attached; waits if it is the one that takes no more. */
  private Session next(Optional<Session> tried) throws InterruptedException {
    lock.lock();
    try {
      while (attached.isEmpty() || attached.equals(tried)) {
        changed.await();
      }
      return attached.get();
    } finally {
      lock.unlock();
    }
  }
}
