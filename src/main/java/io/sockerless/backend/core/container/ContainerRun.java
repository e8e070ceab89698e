package io.sockerless.backend.core.container;

import io.sockerless.backend.core.attach.ProcessStreams;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.log.RunLog;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One run of a container, from the end of the run before, when clients may begin to attach, to its
 * own end.
 */
public final class ContainerRun {

  private final ProcessStreams streams = new ProcessStreams();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile Optional<Started> process = Optional.empty();
  private volatile boolean stopping;
  private volatile boolean stays;
  private volatile boolean killed;

  /**
   * What runs.
   *
   * @param spec as it was given to whatever runs it
   */
  record Started(
      ContainerSpec spec, ContainerProcess process, Optional<RunLog> log, Instant started) {}

  /** The standard streams. */
  public ProcessStreams streams() {
    return streams;
  }

  /** What runs, once it does. */
  Optional<Started> running() {
    return process;
  }

  /** The first process, once it runs. */
  public Optional<ContainerProcess> process() {
    return process.map(Started::process);
  }

  /** The container as the first process was started with it. */
  public Optional<ContainerSpec> spec() {
    return process.map(Started::spec);
  }

  void begun(Started begun) {
    process = Optional.of(begun);
  }

  /** Whether the container outlives this run even if it is to go with its end. */
  boolean stays() {
    return stays;
  }

  /** Says that this run ends because another is to follow. */
  void stay() {
    stays = true;
  }

  /** Whether somebody is stopping the container, who is to be told by an event. */
  boolean isStopping() {
    return stopping;
  }

  /** Whether the end was asked for, so that no restart policy answers it. */
  boolean isKilled() {
    return killed || stopping;
  }

  void stop() {
    stopping = true;
  }

  void kill() {
    killed = true;
  }

  /** Completes when the end has been handled: the container's state says so. */
  CompletableFuture<Void> over() {
    return over;
  }
}
