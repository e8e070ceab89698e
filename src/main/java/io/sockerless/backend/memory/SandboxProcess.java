package io.sockerless.backend.memory;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.ResourceUsage;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One task of a sandbox, as whoever started it from outside sees it. */
final class SandboxProcess implements ContainerProcess {

  private final Sandbox sandbox;
  private final Task task;
  private final StandardStreams streams;
  private final CompletableFuture<ExitStatus> exit;

  SandboxProcess(Sandbox sandbox, Task task, StandardStreams streams) {
    this.sandbox = sandbox;
    this.task = task;
    this.streams = streams;
    this.exit =
        task.end().thenApply(code -> new ExitStatus(code, sandbox.kernel().memory().isExceeded()));
  }

  @Override
  public int pid() {
    return task.pid();
  }

  @Override
  public OutputStream stdin() {
    return streams.input();
  }

  @Override
  public InputStream stdout() {
    return streams.output();
  }

  @Override
  public InputStream stderr() {
    return streams.errors();
  }

  @Override
  public CompletableFuture<ExitStatus> exit() {
    return exit.copy();
  }

  @Override
  public void signal(int signal) {
    Signal.of(signal).ifPresent(task::signalFromOutside);
  }

  @Override
  public void resize(int rows, int columns) {
    streams.terminal().ifPresent(terminal -> terminal.resize(rows, columns));
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) throws StartFailure {
    return sandbox.start(spec);
  }

  @Override
  public void pause() {
    sandbox.kernel().pause();
  }

  @Override
  public void resume() {
    sandbox.kernel().resume();
  }

  @Override
  public List<ProcessInfo> processes() {
    return sandbox.processes();
  }

  @Override
  public ResourceUsage usage() {
    return sandbox.usage();
  }

  @Override
  public void update(JsonObject hostConfig) {
    ResourceLimits.apply(hostConfig, sandbox.kernel().limits());
  }

  @Override
  public void networks(List<NetworkEndpoint> endpoints) {
    sandbox.network().setEndpoints(endpoints);
  }

  @Override
  public Connection connect(int port) throws IOException {
    return new SocketConnection(sandbox.network().connectFromOutside(port));
  }

  @Override
  public boolean carriesDatagrams() {
    return true;
  }

  @Override
  public Datagrams datagrams(int port) throws IOException {
    return new SocketDatagrams(sandbox.network().datagramsFromOutside(port));
  }
}
