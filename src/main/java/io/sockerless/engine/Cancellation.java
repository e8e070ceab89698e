package io.sockerless.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a running operation that its client has left, so that what it holds is released at once. A
 * backend registers what ends its blocking call; it runs at most once, at once if the client is
 * gone already.
 */
public final class Cancellation {

  private final List<Runnable> actions = new ArrayList<>(2);
  private boolean cancelled;

  /** Runs {@code action} when the client leaves. */
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** The client has left. */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  /** Whether the client has left. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }
}
