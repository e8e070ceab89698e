package io.sockerless.backend.memory.shell;

import java.util.Locale;
import java.util.Optional;

/**
 * What {@code shopt} switches. Those that would give scripts another meaning and are not kept here
 * are not among them, so that {@code shopt} says so.
 */
public enum BashOption {
  CHECKWINSIZE(true),
  CMDHIST(true),
  DOTGLOB(false),
  EXECFAIL(false),
  EXPAND_ALIASES(false),
  EXTGLOB(false),
  GLOBSTAR(false),
  HISTAPPEND(false),
  HUPONEXIT(false),
  INHERIT_ERREXIT(false),
  INTERACTIVE_COMMENTS(true),
  LASTPIPE(false),
  LOGIN_SHELL(false),
  NOCASEMATCH(false),
  NULLGLOB(false),
  PROGCOMP(true),
  PROMPTVARS(true),
  SHIFT_VERBOSE(false),
  SOURCEPATH(true);

  private final boolean initially;

  BashOption(boolean initially) {
    this.initially = initially;
  }

  /** Whether it is set when a shell begins. */
  boolean isInitial() {
    return initially;
  }

  /** The name that {@code shopt} takes. */
  public String longName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option of a name. */
  public static Optional<BashOption> of(String name) {
    for (BashOption option : values()) {
      if (option.longName().equals(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
