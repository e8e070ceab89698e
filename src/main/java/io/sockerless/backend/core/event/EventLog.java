package io.sockerless.backend.core.event;

import java.util.Map;

/** Where whatever changes something says so; the Docker Engine API's events come from here. */
public interface EventLog {

  /**
   * Tells that something happened, now.
   *
   * @param type {@code container}, {@code image}, {@code network}, {@code volume}, {@code builder},
   *     {@code daemon}
   * @param action in Docker's words, such as {@code create} or {@code exec_create: ls}
   * @param id the actor's
   * @param attributes the actor's, its labels among them
   */
  void publish(String type, String action, String id, Map<String, String> attributes);
}
