package io.sockerless.agent.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Passes the signals that the agent gets on to the command that it was put in front of: whoever
 * stops or reloads the container means that one. Once it has ended, they are the agent's again.
 */
public final class SignalForwarding implements AutoCloseable {

  /**
   * Those that say something to a program, but for what the kernel alone sends. USR1 and USR2 are
   * among them, as they are for others that stand in front of a command: servers reload by them.
   */
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "HUP", 1, "INT", 2, "QUIT", 3, "USR1", 10, "USR2", 12, "ALRM", 14, "TERM", 15, "CONT", 18,
          "WINCH", 28, "PWR", 30);

  private final List<String> names = new ArrayList<>();
  private final List<Runnable> givingBack = new ArrayList<>();

  private SignalForwarding(LocalProcess process) {
    NUMBERS.forEach((name, number) ->
        SystemSignals.handle(name, () -> pass(process, name, number))
            .ifPresent(back -> {
              names.add(name);
              givingBack.add(back);
            }));
  }

  /** One that nobody has sent to the command would end it. */
  private static void pass(LocalProcess process, String name, int number) {
    if (!FlightRecording.mayHaveSent(name)) {
      process.signal(number);
    }
  }

  /** From now on, as far as the virtual machine lets go of a signal. */
  public static SignalForwarding to(LocalProcess process) {
    SignalForwarding forwarding = new SignalForwarding(process);
    var _ = process.exit().thenRun(forwarding::close);
    return forwarding;
  }

  /** The signals that are passed on, by their names without {@code SIG}. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Lets the signals do again what they did before. */
  @Override
  public void close() {
    synchronized (givingBack) {
      givingBack.forEach(Runnable::run);
      givingBack.clear();
    }
  }
}
