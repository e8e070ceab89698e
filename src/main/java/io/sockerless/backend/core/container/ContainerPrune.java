package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.Timestamps;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Removes all containers that do not run. */
final class ContainerPrune {

  private static final Logger LOG = System.getLogger(ContainerPrune.class.getName());
  private static final Set<String> KNOWN = Set.of("until", "label", "label!");

  private final ContainerServices services;
  private final ContainerQueries queries;
  private final ContainerRemoval removal;

  ContainerPrune(ContainerServices services, ContainerQueries queries, ContainerRemoval removal) {
    this.services = services;
    this.queries = queries;
    this.removal = removal;
  }

  Answer prune(Call call) {
    Filters filters = Filters.of(call.query(), KNOWN);
    if (filters.get("until").size() > 1) {
      throw new EngineException.InvalidParameter("more than one until filter specified");
    }
    Instant now = Instant.now(services.clock());
    Instant until =
        filters.get("until").stream()
            .findFirst()
            .map(text -> Timestamps.parse(text, now))
            .orElse(Instant.MAX);
    JsonArrayBuilder removed = JsonBuilders.array();
    long reclaimed = 0;
    for (LiveContainer container : services.registry().all()) {
      ContainerRecord record = container.current();
      if (!record.state().status().isActive()
          && record.created().isBefore(until)
          && filters.labels(record.labels())
          && container.isAtRest()) {
        long size = queries.size(record);
        if (remove(container)) {
          reclaimed += size;
          removed.add(record.id());
        }
      }
    }
    services.events().publishAll("prune", Map.of("reclaimed", Long.toString(reclaimed)));
    return Answer.json(
        200,
        JsonBuilders.object()
            .add("ContainersDeleted", DocumentChanges.orNull(removed.build()))
            .add("SpaceReclaimed", reclaimed)
            .build());
  }

  private boolean remove(LiveContainer container) {
    try {
      removal.remove(container, false);
      return true;
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "prune leaves {0}: {1}", container.id(), e.text());
      return false;
    }
  }
}
