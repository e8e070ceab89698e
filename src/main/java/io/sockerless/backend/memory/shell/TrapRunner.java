package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Signal;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Runs what a script has for signals that come, and for commands that fail. */
final class TrapRunner {

  private final Interpreter shell;
  private final ShellState state;
  private boolean before;
  private final Set<Signal> pending = EnumSet.noneOf(Signal.class);

  TrapRunner(Interpreter shell) {
    this.shell = shell;
    this.state = shell.state();
  }

  /** Does what is to be done for the signals that came. */
  void runPending() throws IOException {
    if (pending.isEmpty() && !shell.task().hasCaught()) {
      return;
    }
    pending.addAll(shell.task().takeCaught());
    boolean interrupted = false;
    while (!pending.isEmpty()) {
      Signal signal = pending.iterator().next();
      pending.remove(signal);
      Optional<String> action = state.traps().get(signal);
      if (action.isPresent()) {
        int status = state.status();
        shell.evaluate(action.get());
        state.setStatus(status);
      } else {
        interrupted |= signal == Signal.INT;
      }
    }
    if (interrupted && state.isInteractive()) {
      throw new ControlFlow.Abort(128 + Signal.INT.number());
    }
  }

  /** A signal that came and was not dealt with yet. */
  Optional<Signal> caught() {
    pending.addAll(shell.task().takeCaught());
    return pending.stream().findFirst();
  }

  /** Takes note of a command, and runs what is to run before each that is in no function. */
  void runBefore(String command) throws IOException {
    if (before) {
      return;
    }
    if (!state.isLineHeld()) {
      state.bash().setCommand(command);
    }
    Optional<String> action = state.bash().debugAction();
    if (action.isPresent() && (state.functionDepth() == 0 || state.has(ShellOption.FUNCTRACE))) {
      int status = state.status();
      before = true;
      try {
        evaluateInPlace(action.get());
      } finally {
        before = false;
      }
      state.setStatus(status);
    }
  }

  /** Runs an action whose commands have the line of the one on whose account it runs. */
  private void evaluateInPlace(String action) throws IOException {
    boolean held = state.holdLine(true);
    try {
      shell.evaluate(action);
    } finally {
      state.holdLine(held);
    }
  }

  /** Runs what is to run when a command fails; a function has it only if that is wished. */
  void runForFailure(int status) throws IOException {
    Optional<String> action = state.bash().errorAction();
    boolean inherited = state.functionDepth() == 0 || state.has(ShellOption.ERRTRACE);
    if (action.isPresent() && inherited) {
      state.bash().setErrorAction(Optional.empty());
      state.setStatus(status);
      evaluateInPlace(action.get());
      state.setStatus(status);
      if (state.bash().errorAction().isEmpty()) {
        state.bash().setErrorAction(action);
      }
    }
  }
}
