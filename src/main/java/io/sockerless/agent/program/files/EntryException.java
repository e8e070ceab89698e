package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.PosixException;
import java.io.IOException;

/** A member of a tar stream could not be unpacked; the cause says why. */
public final class EntryException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  EntryException(String name, PosixException cause) {
    super(name + ": " + cause.getMessage(), cause);
    errno = cause.errno();
  }

  /** The cause's error number. */
  public int errno() {
    return errno;
  }
}
