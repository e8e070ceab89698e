package io.sockerless.agent.program;

/** Passes the signals that the agent gets on to the command that it was put in front of. */
public final class SignalForwarding {

  private SignalForwarding() {}

  /** From now on, as far as the virtual machine lets go of a signal. */
  public static void to(LocalProcess process) {
    process.signal(0);
  }
}
