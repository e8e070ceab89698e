package io.sockerless.backend.core.build;

import io.sockerless.engine.Cancellation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The builds that run now and that their clients gave an id, so that others can end them. */
final class RunningBuilds {

  private final Map<String, Cancellation> builds = new ConcurrentHashMap<>();

  /** A build begins; one without an id can only be ended by its client. */
  void begin(String id, Cancellation cancellation) {
    if (!id.isEmpty()) {
      builds.put(id, cancellation);
    }
  }

  /** It is over. */
  void end(String id, Cancellation cancellation) {
    builds.remove(id, cancellation);
  }

  /** Ends a build, if it runs. */
  void cancel(String id) {
    Optional.ofNullable(builds.get(id)).ifPresent(Cancellation::cancel);
  }
}
