package io.sockerless.backend.memory.shell.syntax;

/** Where a descriptor of a command leads. */
public sealed interface Redirection {

  /** A file that is opened, or another descriptor. */
  record ToFile(int descriptor, Kind kind, Word target) implements Redirection {}

  /** Text that stands in the script, from {@code <<}. */
  record ToDocument(int descriptor, HereDocument document) implements Redirection {}

  /** A word and a newline, from {@code <<<}. */
  record ToString(int descriptor, Word text) implements Redirection {}

  /** One whose descriptor is a free one, which a variable gets to know, or the variable's. */
  record Named(String variable, Redirection redirection) implements Redirection {}

  /** How. */
  enum Kind {
    READ,
    WRITE,
    CLOBBER,
    APPEND,
    READ_WRITE,
    DUPLICATE,
    BOTH,
    APPEND_BOTH
  }
}
