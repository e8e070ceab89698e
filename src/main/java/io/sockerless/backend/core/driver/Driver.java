package io.sockerless.backend.core.driver;

/**
 * One link of a chain: of the drivers of a kind, the first that serves a container does its work.
 */
public sealed interface Driver
    permits ExecDriver, FilesystemDriver, StreamDriver, ProcessLifecycleDriver {

  /** Whether this one does the work for a container. */
  boolean serves(ContainerSpec container);
}
