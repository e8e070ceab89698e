package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.ResourceUsage;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.stream.BytePipe;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A process that does what a test's script says, on a thread of its own. */
public final class FakeProcess implements ContainerProcess {

  /** What a process does. */
  @FunctionalInterface
  public interface Script {
    /** Runs to the end; answers the exit code. */
    int run(FakeProcess process) throws Exception;
  }

  /** What the process was started with. */
  public final ProcessSpec spec;

  /** What it was told of its terminal, networks and limits. */
  public final List<Object> told = new CopyOnWriteArrayList<>();

  private final FakeProcessFactory factory;
  private final BytePipe stdin = new BytePipe(64 * 1024);
  private final BytePipe stdout = new BytePipe(64 * 1024);
  private final BytePipe stderr = new BytePipe(64 * 1024);
  private final BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  FakeProcess(FakeProcessFactory factory, ProcessSpec spec, Script script) {
    this.factory = factory;
    this.spec = spec;
    Thread.ofVirtual().name("fake").start(() -> run(script));
    if (!spec.openInput()) {
      close(stdin.output());
    }
  }

  private void run(Script script) {
    int code;
    try {
      code = script.run(this);
    } catch (Exception e) {
      code = 99;
    }
    end(new ExitStatus(code, false));
  }

  /** Ends the process. */
  public void end(ExitStatus status) {
    close(stdout.output());
    close(stderr.output());
    exit.complete(status);
  }

  private static void close(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the script reads. */
  public InputStream in() {
    return stdin.input();
  }

  /** Writes to standard output. */
  public void out(String text) throws IOException {
    stdout.output().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes to standard error. */
  public void err(String text) throws IOException {
    stderr.output().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for a signal that is not KILL; answers its number. */
  public int awaitSignal() throws InterruptedException {
    return signals.take();
  }

  @Override
  public int pid() {
    return 1;
  }

  @Override
  public OutputStream stdin() {
    return stdin.output();
  }

  @Override
  public InputStream stdout() {
    return stdout.input();
  }

  @Override
  public InputStream stderr() {
    return stderr.input();
  }

  @Override
  public CompletableFuture<ExitStatus> exit() {
    return exit;
  }

  @Override
  public void signal(int signal) {
    if (signal == 9) {
      end(new ExitStatus(137, false));
    } else {
      signals.add(signal);
    }
  }

  @Override
  public void resize(int rows, int columns) {
    told.add(rows + "x" + columns);
  }

  @Override
  public ContainerProcess exec(ProcessSpec further) throws StartFailure {
    return factory.start(further);
  }

  @Override
  public void pause() {
    told.add("pause");
  }

  @Override
  public void resume() {
    told.add("resume");
  }

  @Override
  public List<ProcessInfo> processes() {
    return List.of(
        new ProcessInfo(
            1,
            0,
            "root",
            0,
            Instant.parse("2026-01-01T00:00:00Z"),
            Duration.ofSeconds(61),
            3L << 20,
            "",
            'S',
            spec.command()));
  }

  @Override
  public ResourceUsage usage() {
    return new ResourceUsage(
        Duration.ofSeconds(2),
        1000,
        2000,
        4000,
        3,
        5,
        6,
        Map.of("eth0", new ResourceUsage.NetworkUsage(10, 1, 20, 2)));
  }

  @Override
  public void update(JsonObject hostConfig) {
    told.add(hostConfig);
  }

  @Override
  public void networks(List<NetworkEndpoint> endpoints) {
    told.add(endpoints);
  }

  @Override
  public Connection connect(int port) throws IOException {
    throw new IOException("nobody listens");
  }
}
