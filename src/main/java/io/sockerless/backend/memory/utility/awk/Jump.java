package io.sockerless.backend.memory.utility.awk;

/** Leaves what is being executed, across functions. */
final class Jump extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Where to. */
  enum Kind {
    NEXT_RECORD,
    NEXT_FILE,
    EXIT
  }

  private final Kind kind;

  Jump(Kind kind) {
    super(kind.name(), null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
