package io.sockerless.backend.core.exec;

import io.sockerless.backend.core.container.ExecDirectory;
import io.sockerless.engine.EngineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The commands that were asked for; those that have ended are kept for a while, so that their exit
 * code can be asked for, but none longer than its container.
 */
public final class ExecRegistry implements ExecDirectory {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final ConcurrentMap<String, ExecInstance> byId = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Held by whoever changes what is known, and whoever reads more than one entry of it. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, Set<ExecInstance>> byContainer = new HashMap<>();

  /** By the time of their end, so that each that is too old is looked at once. */
  private final Deque<ExecInstance> ended = new ArrayDeque<>();

  /** Nothing yet. */
  public ExecRegistry(Clock clock) {
    this.clock = clock;
  }

  void add(ExecInstance exec) {
    lock.lock();
    try {
      forgetOld();
      byId.put(exec.id(), exec);
      byContainer.computeIfAbsent(exec.containerId(), _ -> new LinkedHashSet<>()).add(exec);
    } finally {
      lock.unlock();
    }
  }

  void remove(ExecInstance exec) {
    lock.lock();
    try {
      forget(exec);
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld() {
    Instant limit = Instant.now(clock).minus(KEPT);
    while (!ended.isEmpty() && hasEndedBefore(ended.getFirst(), limit)) {
      forget(ended.removeFirst());
    }
  }

  private static boolean hasEndedBefore(ExecInstance exec, Instant limit) {
    return exec.stage() instanceof ExecInstance.Stage.Ended end && end.time().isBefore(limit);
  }

  private void forget(ExecInstance exec) {
    byId.remove(exec.id());
    Set<ExecInstance> left = byContainer.getOrDefault(exec.containerId(), Set.of());
    if (left.remove(exec) && left.isEmpty()) {
      byContainer.remove(exec.containerId());
    }
  }

  ExecInstance get(String id) {
    ExecInstance exec = byId.get(id);
    if (exec == null) {
      throw new EngineException.NotFound("No such exec instance: " + id);
    }
    return exec;
  }

  /** The command has ended: its container does not show it any more. */
  void ended(ExecInstance exec) {
    lock.lock();
    try {
      if (byId.containsKey(exec.id())) {
        ended.addLast(exec);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> of(String containerId) {
    lock.lock();
    try {
      return byContainer.getOrDefault(containerId, Set.of()).stream()
          .filter(exec -> !(exec.stage() instanceof ExecInstance.Stage.Ended))
          .map(ExecInstance::id)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void containerEnded(String containerId) {
    forget(containerId, exec -> exec.stage() instanceof ExecInstance.Stage.Created);
  }

  @Override
  public void containerRemoved(String containerId) {
    forget(containerId, _ -> true);
  }

  private void forget(String containerId, Predicate<ExecInstance> which) {
    lock.lock();
    try {
      List<ExecInstance> all = List.copyOf(byContainer.getOrDefault(containerId, Set.of()));
      List<ExecInstance> gone = all.stream().filter(which).toList();
      gone.forEach(this::forget);
      if (!gone.isEmpty()) {
        ended.removeIf(exec -> !byId.containsKey(exec.id()));
      }
    } finally {
      lock.unlock();
    }
  }
}
