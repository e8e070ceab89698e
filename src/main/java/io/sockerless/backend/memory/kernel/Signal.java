package io.sockerless.backend.memory.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * The signals of Linux on x86-64, with what they do to a process that does not say otherwise.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public enum Signal {
  HUP(1, Effect.END),
  INT(2, Effect.END),
  QUIT(3, Effect.END),
  ILL(4, Effect.END),
  TRAP(5, Effect.END),
  ABRT(6, Effect.END),
  BUS(7, Effect.END),
  FPE(8, Effect.END),
  KILL(9, Effect.END),
  USR1(10, Effect.END),
  SEGV(11, Effect.END),
  USR2(12, Effect.END),
  PIPE(13, Effect.END),
  ALRM(14, Effect.END),
  TERM(15, Effect.END),
  STKFLT(16, Effect.END),
  CHLD(17, Effect.NONE),
  CONT(18, Effect.CONTINUE),
  STOP(19, Effect.STOP),
  TSTP(20, Effect.STOP),
  TTIN(21, Effect.STOP),
  TTOU(22, Effect.STOP),
  URG(23, Effect.NONE),
  XCPU(24, Effect.END),
  XFSZ(25, Effect.END),
  VTALRM(26, Effect.END),
  PROF(27, Effect.END),
  WINCH(28, Effect.NONE),
  IO(29, Effect.END),
  PWR(30, Effect.END),
  SYS(31, Effect.END);

  /** What a signal does by default. */
  public enum Effect {
    /** Ends the process with 128 and the number. */
    END,
    /** Stops it. */
    STOP,
    /** Lets it go on. */
    CONTINUE,
    /** Nothing. */
    NONE
  }

  private final int number;
  private final Effect effect;

  Signal(int number, Effect effect) {
    this.number = number;
    this.effect = effect;
  }

  /** Linux' number. */
  public int number() {
    return number;
  }

  /** What it does by default. */
  public Effect effect() {
    return effect;
  }

  /** The signal of a number. */
  public static Optional<Signal> of(int number) {
    return number >= 1 && number <= values().length
        ? Optional.of(values()[number - 1])
        : Optional.empty();
  }

  /** The signal of a number or a name, with or without {@code SIG}, in either case. */
  public static Optional<Signal> of(String text) {
    if (!text.isEmpty() && text.chars().allMatch(Character::isDigit) && text.length() < 4) {
      return of(Integer.parseInt(text));
    }
    String name = text.toUpperCase(Locale.ROOT);
    String bare = name.startsWith("SIG") ? name.substring(3) : name;
    for (Signal signal : values()) {
      if (signal.name().equals(bare)) {
        return Optional.of(signal);
      }
    }
    return bare.equals("CLD") ? Optional.of(CHLD) : Optional.empty();
  }
}
