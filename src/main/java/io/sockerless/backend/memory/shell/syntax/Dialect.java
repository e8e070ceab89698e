package io.sockerless.backend.memory.shell.syntax;

/** Which shell a script is written for, by the name that the shell was called by. */
public enum Dialect {
  /** POSIX, and what ash has besides. */
  ASH,
  /**
   * Bash: arrays, process substitution, braces and more.
   *
   * @see <a href="https://www.gnu.org/software/bash/manual/bash.html">Bash Reference Manual</a>
   */
  BASH
}
