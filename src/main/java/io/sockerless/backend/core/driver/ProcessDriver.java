package io.sockerless.backend.core.driver;

/** The link of all four chains that runs real processes, whatever runs them. */
public final class ProcessDriver
    implements ExecDriver, FilesystemDriver, StreamDriver, ProcessLifecycleDriver {

  private final ProcessFactory processes;

  /** Drives what this factory makes. */
  public ProcessDriver(ProcessFactory processes) {
    this.processes = processes;
  }

  @Override
  public boolean serves(ContainerSpec container) {
    return true;
  }

  @Override
  public ContainerProcess start(ContainerSpec container, ProcessSpec process) throws StartFailure {
    return processes.newProcess(container, process);
  }

  @Override
  public ContainerFiles files(ContainerSpec container) {
    return processes.files(container);
  }

  @Override
  public void remove(ContainerSpec container) {
    processes.remove(container);
  }
}
