package io.sockerless.backend.memory.shell;

import java.util.Locale;
import java.util.Optional;

/**
 * What {@code shopt} switches. Those that would give scripts another meaning, of which there is
 * only one here, can be asked for but not be switched: {@code shopt} says so.
 */
public enum BashOption {
  ASSOC_EXPAND_ONCE(false, false),
  AUTOCD(false),
  CDABLE_VARS(false, false),
  CDSPELL(false),
  CHECKHASH(false),
  CHECKJOBS(false),
  CHECKWINSIZE(true),
  CMDHIST(true),
  COMPAT31(false, false),
  COMPAT32(false, false),
  COMPAT40(false, false),
  COMPAT41(false, false),
  COMPAT42(false, false),
  COMPAT43(false, false),
  COMPAT44(false, false),
  COMPLETE_FULLQUOTE(true),
  DIREXPAND(false),
  DIRSPELL(false),
  DOTGLOB(false),
  EXECFAIL(false),
  EXPAND_ALIASES(false),
  EXTDEBUG(false, false),
  EXTGLOB(false),
  EXTQUOTE(true, false),
  FAILGLOB(false, false),
  FORCE_FIGNORE(true),
  GLOBASCIIRANGES(true, false),
  GLOBSKIPDOTS(true, false),
  GLOBSTAR(false),
  GNU_ERRFMT(false),
  HISTAPPEND(false),
  HISTREEDIT(false),
  HISTVERIFY(false),
  HOSTCOMPLETE(true),
  HUPONEXIT(false),
  INHERIT_ERREXIT(false),
  INTERACTIVE_COMMENTS(true),
  LASTPIPE(false),
  LITHIST(false),
  LOCALVAR_INHERIT(false, false),
  LOCALVAR_UNSET(false, false),
  LOGIN_SHELL(false),
  MAILWARN(false),
  NO_EMPTY_CMD_COMPLETION(false),
  NOCASEGLOB(false, false),
  NOCASEMATCH(false),
  NOEXPAND_TRANSLATION(false),
  NULLGLOB(false),
  PATSUB_REPLACEMENT(true),
  PROGCOMP(true),
  PROGCOMP_ALIAS(false),
  PROMPTVARS(true),
  RESTRICTED_SHELL(false, false),
  SHIFT_VERBOSE(false),
  SOURCEPATH(true),
  VARREDIR_CLOSE(false, false),
  XPG_ECHO(false, false);

  private final boolean initially;
  private final boolean switchable;

  BashOption(boolean initially) {
    this(initially, true);
  }

  BashOption(boolean initially, boolean switchable) {
    this.initially = initially;
    this.switchable = switchable;
  }

  /** Whether it is set when a shell begins. */
  boolean isInitial() {
    return initially;
  }

  /** Whether it can become so. */
  public boolean canBe(boolean on) {
    return switchable || on == initially;
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
