package io.sockerless.backend.core.driver;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Something that looks like a process: it ends well at once, or when its input does, or by the
 * first signal.
 */
final class SyntheticProcess implements ContainerProcess {

  private static final int SIGNALLED = 128;

  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  SyntheticProcess(boolean openInput) {
    if (!openInput) {
      exit.complete(new ExitStatus(0, false));
    }
  }

  @Override
  public int pid() {
    return 1;
  }

  @Override
  public OutputStream stdin() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        // Nobody reads it.
      }

      @Override
      public void close() {
        exit.complete(new ExitStatus(0, false));
      }
    };
  }

  @Override
  public InputStream stdout() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream stderr() {
    return InputStream.nullInputStream();
  }

  @Override
  public CompletableFuture<ExitStatus> exit() {
    return exit;
  }

  @Override
  public void signal(int signal) {
    exit.complete(new ExitStatus(SIGNALLED + signal, false));
  }

  @Override
  public void resize(int rows, int columns) {
    // There is no terminal.
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) {
    return new SyntheticProcess(false);
  }

  @Override
  public void pause() {
    // Nothing runs.
  }

  @Override
  public void resume() {
    // Nothing runs.
  }

  @Override
  public List<ProcessInfo> processes() {
    return List.of();
  }

  @Override
  public ResourceUsage usage() {
    return new ResourceUsage(Duration.ZERO, 0, 0, 0, 0, 0, 0, Map.of());
  }

  @Override
  public void update(JsonObject hostConfig) {
    // There is nothing to limit.
  }

  @Override
  public void networks(List<NetworkEndpoint> endpoints) {
    // It is on none.
  }

  @Override
  public Connection connect(int port) throws IOException {
    throw new IOException("a synthetic container listens on no port");
  }
}
