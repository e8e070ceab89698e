package io.sockerless.backend.memory.fs;

import java.io.IOException;

/** An operation of the sandbox failed as it would on Linux; its message is the errno's text. */
public final class PosixException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Errno errno;

  PosixException(Errno errno) {
    super(errno.text());
    this.errno = errno;
  }

  /** Scripts ask all the time for what is not there; where in us that was found concerns nobody. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Why. */
  public Errno errno() {
    return errno;
  }
}
