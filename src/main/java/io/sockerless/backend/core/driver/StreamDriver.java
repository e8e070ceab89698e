package io.sockerless.backend.core.driver;

import java.io.InputStream;
import java.io.OutputStream;

/** Joins the standard streams of a container that has just been started. */
public non-sealed interface StreamDriver extends Driver {

  /** The streams of the container's first process. */
  default Streams streams(ContainerSpec container, ContainerProcess process) {
    return new Streams(process.stdin(), process.stdout(), process.stderr());
  }

  /**
   * The standard streams of a process, as {@link ContainerProcess} has them.
   *
   * @param stderr empty for a terminal
   */
  record Streams(OutputStream stdin, InputStream stdout, InputStream stderr) {}
}
