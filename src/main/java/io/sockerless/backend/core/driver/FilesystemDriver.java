package io.sockerless.backend.core.driver;

/** Reaches a container's files, whether it runs or not. */
public non-sealed interface FilesystemDriver extends Driver {

  /** The files as the container's processes see them. */
  ContainerFiles files(ContainerSpec container);
}
