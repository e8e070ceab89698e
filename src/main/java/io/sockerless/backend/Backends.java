package io.sockerless.backend;

import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Probe;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The backends that are there, of which one is chosen. */
final class Backends {

  static final String SETTING = "sockerless.backend";
  static final String AUTO = "auto";

  private static final Logger LOG = System.getLogger(Backends.class.getName());
  private static final String DAEMON = "docker";
  private static final String SANDBOX = "memory";

  private final SortedMap<String, Backend> byName = new TreeMap<>();

  /**
   * Knows these.
   *
   * @throws IllegalArgumentException if two have one name: a setting could not tell them apart
   */
  Backends(List<Backend> backends) {
    for (Backend backend : backends) {
      Backend other = byName.putIfAbsent(backend.name(), backend);
      if (other != null || backend.name().equals(AUTO)) {
        throw new IllegalArgumentException(
            "backend %s: the name of %s is taken"
                .formatted(backend.name(), backend.getClass().getName()));
      }
    }
  }

  /**
   * The engine of the backend that {@code sockerless.backend} names.
   *
   * @throws IllegalArgumentException for a name that no backend has
   */
  Engine engine(BackendContext context) {
    String name = context.config().getOptionalValue(SETTING, String.class).orElse(AUTO);
    return name.equals(AUTO) ? whicheverIsThere(context) : named(name).create(context);
  }

  private Backend named(String name) {
    Backend backend = byName.get(name);
    if (backend == null) {
      throw new IllegalArgumentException(
          "%s: %s: there is no such backend; there are: %s, %s"
              .formatted(SETTING, name, AUTO, String.join(", ", byName.keySet())));
    }
    return backend;
  }

  private Engine whicheverIsThere(BackendContext context) {
    Engine docker = named(DAEMON).create(context);
    String problem = Probe.problem(docker);
    if (problem.isEmpty()) {
      LOG.log(Level.INFO, "backend auto: a Docker daemon answers, so it is docker");
      return docker;
    }
    LOG.log(Level.INFO, "backend auto: no Docker daemon ({0}), so it is memory", problem);
    return named(SANDBOX).create(context);
  }
}
