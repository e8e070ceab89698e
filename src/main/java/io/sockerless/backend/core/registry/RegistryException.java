package io.sockerless.backend.core.registry;

import java.io.IOException;

/** A registry answered, and refused; the message is its own, as dockerd repeats it. */
public final class RegistryException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * Says what it answered.
   *
   * @param code such as {@code MANIFEST_UNKNOWN}, empty if it gave none
   */
  public RegistryException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error's code in the registry's answer, empty if it gave none. */
  public String code() {
    return code;
  }

  /** Whether to ask again may help. */
  boolean isPassing() {
    return status == 429 || (status >= 500 && status != 501 && status != 505);
  }
}
