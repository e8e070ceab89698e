package io.sockerless.policy.rule;

import io.sockerless.engine.Identity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One rule.
 *
 * @param title as denials and the audit name it, such as {@code rule 3 (developers)}
 * @param operations patterns of names, such as {@code containers.*}
 * @param may the powers that an allow rule gives
 */
record Rule(
    String title,
    Effect effect,
    Who who,
    List<Glob> operations,
    Owners owners,
    Map<Power, List<Glob>> may,
    Conditions when) {

  /** Operations that are other ways of doing the same: who is denied one would take the other. */
  private static final Map<String, String> SAME_RIGHTS =
      Map.of(
          "containers.attachWebSocket", "containers.attach",
          "execs.startAttached", "execs.start",
          "images.saveAll", "images.save",
          "system.pingHead", "system.ping");

  /** What a rule says of the requests that it fits. */
  enum Effect {
    /** Let through, unless another rule denies it. */
    ALLOW,
    /** Refused, whatever else allows it. */
    DENY,
    /** Neither; but the audit names the rule. */
    AUDIT
  }

  Rule {
    Map<Power, List<Glob>> copy = new EnumMap<>(Power.class);
    copy.putAll(may);
    may = copy;
  }

  boolean concerns(Identity identity, String operation) {
    String right = SAME_RIGHTS.getOrDefault(operation, operation);
    return operations.stream()
            .anyMatch(pattern -> pattern.matches(operation) || pattern.matches(right))
        && who.includes(identity);
  }

  /**
   * For a deny or audit rule: whether it speaks of the request.
   *
   * @param spelt the images of the request
   */
  boolean describes(Identity identity, Facts facts, List<Spellings> spelt, Set<Owner> touched) {
    return when.describe(facts, spelt) && (owners.coverAll() || touch(identity, touched));
  }

  private boolean touch(Identity identity, Set<Owner> touched) {
    for (Owner owner : touched) {
      if (owners.cover(owner, identity)) {
        return true;
      }
    }
    return false;
  }

  /** For an allow rule: why it does not let the request through; nothing if it does. */
  Optional<String> objection(Identity identity, Facts facts, Set<Owner> touched) {
    for (Owner owner : touched) {
      if (!owners.cover(owner, identity)) {
        return Optional.of(
            switch (owner) {
              case Owner.Named _ -> "it belongs to somebody else";
              case Owner.Shared() -> "it belongs to everybody";
              case Owner.None() -> "it belongs to nobody";
              case Owner.Everybody() -> "it reaches what belongs to others";
            });
      }
    }
    for (Power power : facts.asked()) {
      for (String value : facts.of(power)) {
        if (!power.grants(may.getOrDefault(power, List.of()), value)) {
          return Optional.of(
              power == Power.PRIVILEGED
                  ? "privileged is not permitted"
                  : power.key() + " " + value + " is not permitted");
        }
      }
    }
    return when.problem(facts);
  }
}
