package io.sockerless.policy;

import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Owner;
import io.sockerless.policy.rule.Power;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one identity did by one operation, as a rule would have to allow it.
 *
 * @param owners as rules spell them
 */
record Learned(Map<Power, SortedSet<String>> powers, SortedSet<String> images, Set<String> owners) {

  /** Nothing yet. */
  static Learned nothing() {
    return new Learned(new EnumMap<>(Power.class), new TreeSet<>(), new TreeSet<>());
  }

  /** Adds one request; false if it taught nothing new. */
  boolean add(String identity, Facts facts, Set<Owner> touched) {
    boolean news = images.addAll(facts.images());
    for (Map.Entry<Power, Set<String>> asked : facts.powers().entrySet()) {
      news |=
          powers.computeIfAbsent(asked.getKey(), key -> new TreeSet<>()).addAll(asked.getValue());
    }
    for (Owner owner : touched) {
      news |= owners.add(spelt(owner, identity));
    }
    return news;
  }

  /** Whether a rule's usual owners would do. */
  boolean isUsual() {
    return Set.of("self", "shared").containsAll(owners);
  }

  private static String spelt(Owner owner, String identity) {
    return switch (owner) {
      case Owner.Named(String name) -> name.equals(identity) ? "self" : name;
      case Owner.Shared() -> "shared";
      case Owner.None() -> "none";
      case Owner.Everybody() -> "*";
    };
  }
}
