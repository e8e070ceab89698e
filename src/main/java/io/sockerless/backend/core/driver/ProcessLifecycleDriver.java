package io.sockerless.backend.core.driver;

/** Starts what a container runs, and forgets a container that is gone. */
public non-sealed interface ProcessLifecycleDriver extends Driver {

  /**
   * Starts a container's first process, through which it is then signalled, paused and measured.
   *
   * @throws StartFailure if the command cannot be run
   */
  ContainerProcess start(ContainerSpec container, ProcessSpec process) throws StartFailure;

  /** The container has been removed: forget it, and all that its folder holds. */
  void remove(ContainerSpec container);

  /** Whether nothing really runs; its containers are labelled so, for it would hide failures. */
  boolean isSynthetic();
}
