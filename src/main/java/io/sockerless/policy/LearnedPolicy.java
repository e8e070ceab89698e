package io.sockerless.policy;

import io.sockerless.engine.JsonBuilders;
import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Owner;
import io.sockerless.policy.rule.Power;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The smallest set of rules that allows what has been seen. Guarded by whoever holds it. */
final class LearnedPolicy {

  private static final Learned USUAL = Learned.nothing();

  private final SortedMap<String, SortedMap<String, Learned>> seen = new TreeMap<>();

  /** Adds one request; false if it taught nothing new. */
  boolean add(String identity, String operation, Facts facts, Set<Owner> touched) {
    SortedMap<String, Learned> operations = seen.computeIfAbsent(identity, key -> new TreeMap<>());
    boolean first = !operations.containsKey(operation);
    return operations
            .computeIfAbsent(operation, key -> Learned.nothing())
            .add(identity, facts, touched)
        || first;
  }

  /** The rules as a policy's text. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Learned from what was done. Read it, make patterns of names, then enforce it.\n");
    text.append("rules:\n");
    seen.forEach((identity, operations) -> {
      Map<Learned, List<String>> alike = new LinkedHashMap<>();
      operations.forEach((operation, learned) ->
          alike
              .computeIfAbsent(isPlain(learned) ? USUAL : learned, key -> new ArrayList<>())
              .add(operation));
      alike.forEach((learned, names) -> write(text, identity, names, learned));
    });
    return text.toString();
  }

  private static boolean isPlain(Learned learned) {
    return learned.isUsual() && learned.powers().isEmpty() && learned.images().isEmpty();
  }

  private static void write(
      StringBuilder text, String identity, List<String> operations, Learned learned) {
    text.append("  - who: ").append(list(List.of(identity))).append('\n');
    text.append("    allow: ").append(list(operations)).append('\n');
    if (!learned.isUsual()) {
      Set<String> owners = new TreeSet<>(learned.owners());
      owners.addAll(List.of("self", "shared"));
      text.append("    owners: ").append(list(owners)).append('\n');
    }
    if (!learned.powers().isEmpty()) {
      text.append("    may:\n");
      learned
          .powers()
          .forEach((power, values) ->
              text.append("      ")
                  .append(power.key())
                  .append(": ")
                  .append(power == Power.PRIVILEGED ? "true" : list(values))
                  .append('\n'));
    }
    if (!learned.images().isEmpty()) {
      text.append("    when:\n      images: ").append(list(learned.images())).append('\n');
    }
  }

  /** JSON's form of a text is one of YAML's. */
  private static String list(Collection<String> texts) {
    return texts.stream()
        .map(text -> JsonBuilders.value(text).toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
