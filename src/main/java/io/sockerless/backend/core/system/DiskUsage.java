package io.sockerless.backend.core.system;

import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;

/**
 * The answer of {@code GET /system/df}, of the kinds of things that the client asks for.
 *
 * @param kinds of {@link #KINDS}
 * @param builderSize whether the client's version has the field {@code BuilderSize}
 */
record DiskUsage(Set<String> kinds, boolean builderSize) {

  private static final Set<String> KINDS = Set.of("container", "image", "volume", "build-cache");

  /** From this minor version of the API on, a client may choose, and sums itself. */
  private static final int CHOOSES = 42;

  /**
   * Reads what is asked for; all if nothing is.
   *
   * @throws EngineException.InvalidParameter for a kind that there is not
   */
  static DiskUsage of(Call call) {
    if (ApiVersion.isBefore(call, CHOOSES)) {
      return new DiskUsage(KINDS, true);
    }
    List<String> wanted = call.query().all("type");
    for (String kind : wanted) {
      if (!KINDS.contains(kind)) {
        throw new EngineException.InvalidParameter("unknown object type: " + kind);
      }
    }
    return new DiskUsage(wanted.isEmpty() ? KINDS : Set.copyOf(wanted), false);
  }

  JsonObject document(Holdings holdings) {
    JsonObjectBuilder usage = JsonBuilders.object();
    if (kinds.contains("image")) {
      usage.add("LayersSize", holdings.layersSize()).add("Images", holdings.images());
    }
    if (kinds.contains("container")) {
      usage.add("Containers", holdings.containers());
    }
    if (kinds.contains("volume")) {
      usage.add("Volumes", holdings.volumes());
    }
    if (kinds.contains("build-cache")) {
      usage.add("BuildCache", holdings.buildCache());
    }
    if (builderSize) {
      usage.add("BuilderSize", cacheSize(holdings));
    }
    return usage.build();
  }

  private static long cacheSize(Holdings holdings) {
    return holdings.buildCache().getValuesAs(JsonObject.class).stream()
        .mapToLong(step -> step.getJsonNumber("Size").longValue())
        .sum();
  }
}
