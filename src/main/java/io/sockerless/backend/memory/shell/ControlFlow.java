package io.sockerless.backend.memory.shell;

/** Leaves the command that runs for one further out; cheap, since scripts do it all the time. */
public abstract sealed class ControlFlow extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int value;

  private ControlFlow(int value) {
    super(null, null, false, false);
    this.value = value;
  }

  /** How many loops, or the exit status. */
  public int value() {
    return value;
  }

  /** Leaves loops. */
  public static final class Break extends ControlFlow {
    private static final long serialVersionUID = 1L;

    /** Leaves so many. */
    public Break(int levels) {
      super(levels);
    }
  }

  /** Goes on with the next round of a loop. */
  public static final class Continue extends ControlFlow {
    private static final long serialVersionUID = 1L;

    /** Of the loop that is so many further out, 1 for the innermost. */
    public Continue(int levels) {
      super(levels);
    }
  }

  /** Leaves a function or a sourced file. */
  public static final class Return extends ControlFlow {
    private static final long serialVersionUID = 1L;

    /** With this status. */
    public Return(int status) {
      super(status);
    }
  }

  /** Ends the shell. */
  public static final class Exit extends ControlFlow {
    private static final long serialVersionUID = 1L;

    /** With this status. */
    public Exit(int status) {
      super(status);
    }
  }

  /** Ends a shell after an error that was told; an interactive one asks for the next command. */
  public static final class Abort extends ControlFlow {
    private static final long serialVersionUID = 1L;

    /** With this status. */
    public Abort(int status) {
      super(status);
    }
  }
}
