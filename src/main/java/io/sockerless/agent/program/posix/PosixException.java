package io.sockerless.agent.program.posix;

import java.io.IOException;

/** A system call failed; the message is the words for its error number. */
public final class PosixException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * Says which error it was.
   *
   * @param errno positive
   */
  public PosixException(int errno) {
    super(Errno.words(errno));
    this.errno = errno;
  }

  /** The error number. */
  public int errno() {
    return errno;
  }

  /** What a system call returned, which is an error if it is negative. */
  public static long check(long result) throws PosixException {
    if (result < 0) {
      throw new PosixException((int) -result);
    }
    return result;
  }
}
