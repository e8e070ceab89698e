package io.sockerless.backend.core.value;

import io.sockerless.engine.EngineException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Signals by the names and numbers of Linux.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public final class Signals {

  /** KILL. */
  public static final int KILL = 9;

  /** TERM, with which containers are stopped unless they say otherwise. */
  public static final int TERM = 15;

  private static final int MAX = 64;
  private static final int RTMIN = 34;

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("TRAP", 5),
          Map.entry("ABRT", 6),
          Map.entry("IOT", 6),
          Map.entry("BUS", 7),
          Map.entry("FPE", 8),
          Map.entry("KILL", KILL),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", TERM),
          Map.entry("STKFLT", 16),
          Map.entry("CHLD", 17),
          Map.entry("CONT", 18),
          Map.entry("STOP", 19),
          Map.entry("TSTP", 20),
          Map.entry("TTIN", 21),
          Map.entry("TTOU", 22),
          Map.entry("URG", 23),
          Map.entry("XCPU", 24),
          Map.entry("XFSZ", 25),
          Map.entry("VTALRM", 26),
          Map.entry("PROF", 27),
          Map.entry("WINCH", 28),
          Map.entry("IO", 29),
          Map.entry("PWR", 30),
          Map.entry("SYS", 31),
          Map.entry("RTMIN", RTMIN),
          Map.entry("RTMAX", MAX));

  private Signals() {}

  /**
   * The number of a signal such as {@code KILL}, {@code SIGKILL}, {@code RTMIN+3} or {@code 9}.
   *
   * @throws EngineException.InvalidParameter in Docker's words if there is none
   */
  public static int parse(String text) {
    return find(text)
        .orElseThrow(() -> new EngineException.InvalidParameter("invalid signal: " + text));
  }

  private static Optional<Integer> find(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
    if (NUMBERS.containsKey(name)) {
      return Optional.ofNullable(NUMBERS.get(name));
    }
    try {
      if (name.startsWith("RTMIN+")) {
        return Optional.of(RTMIN + Integer.parseInt(name.substring(6))).filter(Signals::exists);
      }
      if (name.startsWith("RTMAX-")) {
        return Optional.of(MAX - Integer.parseInt(name.substring(6))).filter(Signals::exists);
      }
      return Optional.of(Integer.parseInt(text)).filter(Signals::exists);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean exists(int number) {
    return number > 0 && number <= MAX;
  }
}
