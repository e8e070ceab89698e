package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Dialect;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code set} switches on and off; the letter is a space where there is none. */
public enum ShellOption {
  ERREXIT('e'),
  NOGLOB('f'),
  IGNOREEOF('I'),
  INTERACTIVE('i'),
  MONITOR('m'),
  NOEXEC('n'),
  STDIN('s'),
  XTRACE('x'),
  VERBOSE('v'),
  NOCLOBBER('C'),
  ALLEXPORT('a'),
  NOTIFY('b'),
  NOUNSET('u'),
  /** Ash only takes it: there is no trap for errors that functions could inherit. */
  ERRTRACE('E'),
  /** Functions have the traps for commands and returns. */
  FUNCTRACE('T'),
  HASHALL('h'),
  VI('V'),
  PIPEFAIL(' '),
  BRACEEXPAND('B'),
  /** What there is nothing to do for in a script, of which bash wants to hear all the same. */
  EMACS(' '),
  HISTORY(' '),
  HISTEXPAND('H'),
  NOLOG(' '),
  POSIX(' '),
  PRIVILEGED('p');

  private static final Set<ShellOption> OF_BASH =
      Set.of(FUNCTRACE, BRACEEXPAND, EMACS, HISTORY, HISTEXPAND, NOLOG, POSIX, PRIVILEGED);

  private final char letter;

  ShellOption(char letter) {
    this.letter = letter;
  }

  /** The letter that sets it after a minus. */
  public char letter() {
    return letter;
  }

  /** The name that {@code set -o} takes. */
  public String longName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a shell has it. */
  boolean isOf(Dialect dialect) {
    return !OF_BASH.contains(this) || dialect == Dialect.BASH;
  }

  /** The option of a letter. */
  static Optional<ShellOption> of(char letter) {
    for (ShellOption option : values()) {
      if (option.letter == letter && letter != ' ') {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /** The option of a name. */
  public static Optional<ShellOption> of(String name) {
    for (ShellOption option : values()) {
      if (option.longName().equals(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
