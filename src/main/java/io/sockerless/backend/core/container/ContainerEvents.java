package io.sockerless.backend.core.container;

import io.sockerless.backend.core.event.EventLog;
import java.util.HashMap;
import java.util.Map;

/** Tells what happens to containers, with the attributes that Docker gives each event of one. */
public final class ContainerEvents {

  private final EventLog events;

  /** Tells it there. */
  public ContainerEvents(EventLog events) {
    this.events = events;
  }

  /** Something happened to a container. */
  public void publish(ContainerRecord container, String action) {
    publish(container, action, Map.of());
  }

  /** Something happened to a container, of which there is more to say. */
  public void publish(ContainerRecord container, String action, Map<String, String> more) {
    Map<String, String> attributes = new HashMap<>(container.labels());
    attributes.put("image", container.image());
    attributes.put("name", container.name());
    attributes.putAll(more);
    events.publish("container", action, container.id(), attributes);
  }

  /** Something happened to containers as a whole. */
  void publishAll(String action, Map<String, String> attributes) {
    events.publish("container", action, "", attributes);
  }
}
