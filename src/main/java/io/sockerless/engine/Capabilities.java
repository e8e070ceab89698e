package io.sockerless.engine;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a backend can do, so that a front end need not find out by failing.
 *
 * @param supported everything else answers 501
 * @param maxTimeoutSeconds how long a container may run, 0 for ever
 * @param agentRequired whether exec and attach need an agent inside the container
 */
public record Capabilities(
    Set<Capability> supported, int maxTimeoutSeconds, boolean agentRequired) {

  /** One thing that a backend may or may not have. */
  public enum Capability {
    /** Commands in running containers. */
    EXEC,
    /** Joining a container's standard streams. */
    ATTACH,
    /** What a container wrote. */
    LOGS,
    /** What a container writes, as it does. */
    LOGS_FOLLOW,
    /** Volumes. */
    VOLUMES,
    /** Networks. */
    NETWORKS,
    /** Health checks. */
    HEALTH_CHECKS,
    /** Pulling images. */
    IMAGE_PULL,
    /** Loading images from a tar stream. */
    IMAGE_LOAD,
    /** Building images. */
    IMAGE_BUILD,
    /** Copying files in and out. */
    ARCHIVE,
    /** Resource usage. */
    STATS,
    /** Pausing containers. */
    PAUSE,
    /** Events. */
    EVENTS
  }

  /** Everything, without limits. */
  public static Capabilities all() {
    return new Capabilities(EnumSet.allOf(Capability.class), 0, false);
  }

  /** A field each, named in lower case. */
  public JsonObject document() {
    JsonObjectBuilder document = JsonBuilders.object();
    for (Capability capability : Capability.values()) {
      document.add(capability.name().toLowerCase(Locale.ROOT), supported.contains(capability));
    }
    return document
        .add("max_timeout_seconds", maxTimeoutSeconds)
        .add("agent_required", agentRequired)
        .build();
  }
}
