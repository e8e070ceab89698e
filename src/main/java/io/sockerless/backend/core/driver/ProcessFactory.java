package io.sockerless.backend.core.driver;

/**
 * The seam for real execution: a sandbox in this process, or an OCI runtime. It keeps no state of
 * containers but what is in their {@link ContainerSpec#folder()}.
 */
public interface ProcessFactory extends AutoCloseable {

  /**
   * Starts a container's first process.
   *
   * @throws StartFailure if the command cannot be run
   */
  ContainerProcess newProcess(ContainerSpec spec, ProcessSpec process) throws StartFailure;

  /**
   * A container's files, whether it runs or not. It is the same file system that the processes see,
   * with all that is mounted.
   */
  ContainerFiles files(ContainerSpec spec);

  /** The container has been removed, and its folder is about to be: forget it. */
  void remove(ContainerSpec spec);

  @Override
  void close();
}
