package io.sockerless.policy.rule;

/** A policy that cannot be read, or that says what has no meaning. */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what and where. */
  public PolicyException(String message) {
    super(message);
  }

  /** The same, for a reason from below. */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
