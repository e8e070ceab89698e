package io.sockerless.backend.core.event;

import io.sockerless.backend.core.value.Filters;
import io.sockerless.engine.Query;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which events a client wants, by the filters that the Docker API defines for them. */
record EventFilter(Filters filters) implements Predicate<Event> {

  /** Filters that match the actor of any event by its id or name, or the beginning of either. */
  private static final List<String> ACTORS =
      List.of(
          "container",
          "network",
          "volume",
          "daemon",
          "plugin",
          "node",
          "service",
          "secret",
          "config");

  /** Actions that go on behind a colon, such as {@code exec_start: ls}. */
  private static final Set<String> DETAILED = Set.of("health_status", "exec_create", "exec_start");

  /** Reads filters; dockerd ignores those that it does not know here, and nowhere else. */
  static EventFilter of(Query query) {
    return new EventFilter(Filters.of(query));
  }

  @Override
  public boolean test(Event event) {
    return filters.any("type", event.type()::equals)
        && filters.any("scope", Event.SCOPE::equals)
        && matchesAction(event.action())
        && ACTORS.stream().allMatch(actor -> matchesActor(actor, event))
        && matchesImage(event)
        && filters.labels(event.attributes());
  }

  private boolean matchesAction(String action) {
    boolean detailed = filters.get("event").stream().anyMatch(DETAILED::contains);
    return filters.any("event", detailed ? action::startsWith : action::equals);
  }

  private boolean matchesActor(String filter, Event event) {
    return filters.any(
        filter,
        wanted -> event.id().startsWith(wanted) || event.attribute("name").startsWith(wanted));
  }

  private boolean matchesImage(Event event) {
    String name = event.attribute(event.type().equals("image") ? "name" : "image");
    Set<String> names = Set.copyOf(List.of(event.id(), name, untagged(event.id()), untagged(name)));
    return filters.any("image", names::contains);
  }

  /** A name without its tag or digest; the colon of a registry's port is none of a tag. */
  private static String untagged(String reference) {
    int digest = reference.indexOf('@');
    String name = digest < 0 ? reference : reference.substring(0, digest);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
