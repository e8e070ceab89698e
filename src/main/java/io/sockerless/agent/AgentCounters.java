package io.sockerless.agent;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of agents, for {@link AgentCounts}. */
final class AgentCounters {

  final LongAdder prepared = new LongAdder();
  final LongAdder registered = new LongAdder();
  final LongAdder awaited = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder lost = new LongAdder();
  private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

  /** Why an agent is not let in. */
  enum Reason {
    NO_SUCH_CONTAINER,
    WRONG_TOKEN,
    /** Its container has another one, or it repeats what one has said. */
    TURNED_AWAY
  }

  AgentCounters() {
    for (Reason reason : Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  void refuse(Reason reason) {
    refused.getOrDefault(reason, new LongAdder()).increment();
  }

  AgentCounts read(long connected, long sessions) {
    SortedMap<String, Long> reasons = new TreeMap<>();
    refused.forEach(
        (reason, count) -> reasons.put(reason.name().toLowerCase(Locale.ROOT), count.sum()));
    return new AgentCounts(
        prepared.sum(),
        registered.sum(),
        reasons,
        awaited.sum(),
        late.sum(),
        lost.sum(),
        connected,
        sessions);
  }
}
