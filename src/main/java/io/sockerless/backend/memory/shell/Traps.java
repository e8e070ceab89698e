package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Task.Disposition;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a shell does when a signal comes, and when it ends. */
public final class Traps {

  private final Map<Signal, String> actions = new EnumMap<>(Signal.class);
  private final Set<Signal> ignoredFromStart = EnumSet.noneOf(Signal.class);
  private final Set<Signal> caughtByShell = EnumSet.noneOf(Signal.class);
  private Optional<String> exitAction = Optional.empty();

  /** What was ignored before stays so, but for an interactive shell. */
  void keepIgnored(Task task) {
    for (Signal signal : Signal.values()) {
      if (task.disposition(signal) == Disposition.IGNORE) {
        ignoredFromStart.add(signal);
      }
    }
  }

  /** Lets an interactive shell notice signals that would end it. */
  void catchForShell(Task task, Set<Signal> signals) {
    caughtByShell.addAll(signals);
    signals.forEach(signal -> task.setDisposition(signal, Disposition.CATCH));
  }

  /** In a subshell only what is ignored stays. */
  Traps forSubshell() {
    Traps copy = new Traps();
    copy.ignoredFromStart.addAll(ignoredFromStart);
    actions.forEach((signal, action) -> {
      if (action.isEmpty()) {
        copy.actions.put(signal, action);
      }
    });
    return copy;
  }

  /** Runs something for a signal; nothing ignores it. */
  public void set(Task task, Signal signal, String action) {
    if (ignoredFromStart.contains(signal)) {
      return;
    }
    actions.put(signal, action);
    task.setDisposition(signal, action.isEmpty() ? Disposition.IGNORE : Disposition.CATCH);
  }

  /** Lets a signal do what it does by default. */
  public void clear(Task task, Signal signal) {
    if (ignoredFromStart.contains(signal)) {
      return;
    }
    actions.remove(signal);
    task.setDisposition(
        signal, caughtByShell.contains(signal) ? Disposition.CATCH : Disposition.DEFAULT);
  }

  /** Runs something when the shell ends. */
  public void setExit(Optional<String> action) {
    exitAction = action;
  }

  /** What runs when the shell ends. */
  public Optional<String> exit() {
    return exitAction;
  }

  /** What runs for a signal. */
  public Optional<String> get(Signal signal) {
    return Optional.ofNullable(actions.get(signal));
  }

  /** All signals with what runs for them. */
  public Map<Signal, String> all() {
    return actions;
  }

  /** Whether nothing is to be run, so that another program may take the shell's place. */
  boolean isEmpty() {
    return exitAction.isEmpty() && actions.values().stream().allMatch(String::isEmpty);
  }
}
