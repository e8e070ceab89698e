package io.sockerless.backend.core.driver;

import jakarta.json.JsonObject;

/** Starts what a container runs, and forgets a container that is gone. */
public non-sealed interface ProcessLifecycleDriver extends Driver {

  /**
   * Starts a container's first process, through which it is then signalled, paused and measured.
   *
   * @throws StartFailure if the command cannot be run
   */
  ContainerProcess start(ContainerSpec container, ProcessSpec process) throws StartFailure;

  /**
   * The container is to be stopped: a {@link #start} that waits for something fails soon. Nothing
   * if none does.
   */
  default void abandonStart(ContainerSpec container) {
    // Most starts wait for nothing.
  }

  /** The container has been removed: forget it, and all that its folder holds. */
  void remove(ContainerSpec container);

  /**
   * The configuration that a container which is being made is to have: as it was asked for, unless
   * whoever runs it needs more in it.
   *
   * @param container without layers, mounts and networks
   */
  default JsonObject prepare(ContainerSpec container) {
    return container.config();
  }

  /**
   * The configuration without what {@link #prepare} has put into it, for an image that is made of
   * the container: it is none of other containers'.
   */
  default JsonObject unprepared(ContainerSpec container) {
    return container.config();
  }
}
