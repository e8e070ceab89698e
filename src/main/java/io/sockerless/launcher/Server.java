package io.sockerless.launcher;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the process runs once {@link Main} has laid the server out: the server, and the tidying
 * after it.
 */
public final class Server {
  /** More than anything takes that a stop waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Installation installation;
  private final Instance instance;
  private final FileLock lock;

  /** Given back by the end of the process alone, up to which classes are loaded from there. */
  @SuppressWarnings("UnusedVariable")
  private final Optional<FileLock> use;

  private final Liberty liberty;
  private final ReentrantLock tidying = new ReentrantLock();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  private Server(Installation installation, Instance instance) throws IOException {
    this.installation = installation;
    this.instance = instance;
    this.lock = instance.lock();
    this.use = installation.hold();
    this.liberty = new Liberty(instance);
  }

  /** Takes the folder of the installation, and that of the instance. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Installation installation = new Installation(Path.of(arguments[0]));
    Instance instance = new Instance(Path.of(arguments[1]));
    System.exit(new Server(installation, instance).run() ? 0 : 1);
  }

  private boolean run() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    boolean started = false;
    try {
      started = liberty.start() && liberty.startedApplication();
    } finally {
      ready.complete(started);
    }
    if (started) {
      tidy();
      liberty.awaitStop();
    }
    return started;
  }

  /** Only now, since nobody waits for it any more. */
  private void tidy() throws InterruptedException {
    tidying.lock();
    try {
      instance.removeAbandoned();
      installation.classCache().assemble(instance.jvmOptions(), installation.serverJar());
    } catch (IOException e) {
      System.err.println("Cannot tidy up after other servers: " + e);
    } finally {
      tidying.unlock();
    }
  }

  /**
   * One that is stopped while it starts does that first: clients are served before all is ready.
   */
  private void stop() {
    try {
      boolean started =
          ready.completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      boolean stopped = liberty.stop();
      boolean _ = tidying.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      try (lock) {
        if (started && stopped) {
          instance.leaveWorkArea(installation);
        }
      } finally {
        // One that records may write to its log yet; another one will remove it.
        if (!ClassCache.isRecording()) {
          instance.remove();
        }
      }
    } catch (IOException e) {
      System.err.println("Cannot tidy up after the server: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
