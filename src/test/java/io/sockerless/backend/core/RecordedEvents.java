package io.sockerless.backend.core;

import io.sockerless.backend.core.event.EventLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was published, a line each. */
public final class RecordedEvents implements EventLog {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void publish(String type, String action, String id, Map<String, String> attributes) {
    lines.add(type + " " + action + " " + id + " " + new TreeMap<>(attributes));
  }

  /** All so far. */
  public List<String> lines() {
    return lines;
  }
}
