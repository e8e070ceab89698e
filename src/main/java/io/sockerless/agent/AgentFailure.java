package io.sockerless.agent;

import java.io.IOException;

/** An agent could not do what it was asked for, or is gone; the message is its own words. */
public final class AgentFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final int code;

  /** Says why, with the code of {@link io.sockerless.agent.protocol.Message.Failed}. */
  public AgentFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  /** A shell's code for a command, a status for the rest. */
  public int code() {
    return code;
  }

  /** What the message says, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
