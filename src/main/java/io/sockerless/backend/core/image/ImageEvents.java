package io.sockerless.backend.core.image;

import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.registry.ImageReference;
import java.util.HashMap;
import java.util.Map;

/** Tells what happens to images, as dockerd does: labels as attributes, and a name. */
final class ImageEvents {

  private final EventLog log;

  ImageEvents(EventLog log) {
    this.log = log;
  }

  /** An event about an image by its id. */
  void about(String action, ImageRecord image, String name) {
    publish(action, image.id().toString(), name, image.labels());
  }

  /** An event about an image by the name that a registry knows. */
  void remote(String action, ImageReference reference, Map<String, String> labels) {
    publish(action, reference.familiar(), reference.familiarRepository(), labels);
  }

  private void publish(String action, String id, String name, Map<String, String> labels) {
    Map<String, String> attributes = new HashMap<>(labels);
    attributes.put("name", name);
    log.publish("image", action, id, attributes);
  }
}
