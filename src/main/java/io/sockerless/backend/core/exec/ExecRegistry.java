package io.sockerless.backend.core.exec;

import io.sockerless.engine.EngineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The commands that were asked for; those that have ended are kept for a while, so that their exit
 * code can be asked for.
 */
public final class ExecRegistry {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private final ConcurrentMap<String, ExecInstance> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<String>> idsByContainer = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Nothing yet. */
  public ExecRegistry(Clock clock) {
    this.clock = clock;
  }

  void add(ExecInstance exec) {
    forgetOld();
    byId.put(exec.id(), exec);
    idsByContainer
        .computeIfAbsent(exec.containerId(), _ -> ConcurrentHashMap.newKeySet())
        .add(exec.id());
  }

  private void forgetOld() {
    Instant limit = Instant.now(clock).minus(KEPT);
    byId.values()
        .removeIf(exec ->
            exec.stage() instanceof ExecInstance.Stage.Ended ended && ended.time().isBefore(limit));
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
    idsByContainer.computeIfPresent(
        exec.containerId(),
        (_, ids) -> {
          ids.remove(exec.id());
          return ids.isEmpty() ? null : ids;
        });
  }

  /** The commands of a container that have not ended. */
  public List<String> of(String containerId) {
    return List.copyOf(idsByContainer.getOrDefault(containerId, Set.of()));
  }
}
