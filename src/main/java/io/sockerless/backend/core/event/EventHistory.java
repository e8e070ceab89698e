package io.sockerless.backend.core.event;

import io.sockerless.backend.core.value.Timestamps;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells every client that listens what happens, and remembers the latest events for those that ask
 * later. The memory is of this process: a restarted server has forgotten, as dockerd has.
 */
public final class EventHistory implements EventLog, AutoCloseable {

  /**
   * Events that are remembered. Docker's daemon remembers 256, which a single {@code docker compose
   * up} can push out before a client that reconnects has asked.
   */
  public static final int REMEMBERED = 4096;

  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  @Override
  public void publish(String type, String action, String id, Map<String, String> attributes) {
    lock.lock();
    try {
      Event event = Event.of(now(), type, action, id, attributes);
      if (events.size() == REMEMBERED) {
        events.removeFirst();
      }
      events.addLast(event);
      subscriptions.forEach(subscription -> subscription.offer(event));
    } finally {
      lock.unlock();
    }
  }

  /** Now, but never before the latest event: a clock that is set back must not reorder them. */
  private Instant now() {
    Instant now = Instant.now();
    Event latest = events.peekLast();
    return latest != null && latest.time().isAfter(now) ? latest.time() : now;
  }

  /** How many clients listen. */
  public int listeners() {
    return subscriptions.size();
  }

  /**
   * Serves {@code GET /events}: what is remembered since {@code since} or up to {@code until}, then
   * what happens until {@code until}, or until the client leaves.
   *
   * @throws EngineException.InvalidParameter for a time or a filter that is none
   */
  public Answer stream(Call call) {
    Instant now = Instant.now();
    Optional<Instant> since = moment("since", call, now);
    Optional<Instant> until = moment("until", call, now);
    if (since.isPresent() && until.isPresent() && until.get().isBefore(since.get())) {
      throw new EngineException.InvalidParameter(
          "`since` time (%s) cannot be after `until` time (%s)"
              .formatted(
                  call.query().first("since").orElse(""), call.query().first("until").orElse("")));
    }
    EventFilter filter = EventFilter.of(call.query());
    EventInput body = subscribe(filter, since, until);
    call.cancellation().onCancel(body::close);
    return new Answer(
        200, "", Headers.of("Content-Type", "application/json"), body, -1, body::close);
  }

  private static Optional<Instant> moment(String name, Call call, Instant now) {
    return call.query()
        .first(name)
        .filter(text -> !text.isEmpty())
        .map(text -> Timestamps.parse(text, now));
  }

  private EventInput subscribe(
      EventFilter filter, Optional<Instant> since, Optional<Instant> until) {
    lock.lock();
    try {
      List<Event> history =
          since.isEmpty() && until.isEmpty() ? List.of() : since(since.orElse(Instant.MIN));
      Subscription subscription = new Subscription(filter, until, history);
      subscriptions.add(subscription);
      return new EventInput(subscription, () -> subscriptions.remove(subscription));
    } finally {
      lock.unlock();
    }
  }

  private List<Event> since(Instant since) {
    List<Event> found = new ArrayList<>();
    events.forEach(event -> {
      if (!event.time().isBefore(since)) {
        found.add(event);
      }
    });
    return found;
  }

  /** Ends all streams: the server stops. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::end);
    subscriptions.clear();
  }
}
