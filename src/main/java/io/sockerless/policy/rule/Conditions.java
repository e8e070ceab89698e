package io.sockerless.policy.rule;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule asks of a request. An allow rule holds if all that the request has fits: each image,
 * each registry. A deny rule holds if anything does.
 *
 * @param powers for deny and audit rules: what they are about
 * @param images patterns, matched against the whole reference and the short one, with tag and
 *     without
 * @param registries such as {@code docker.io}
 * @param limits for allow rules: the most of each resource, which must be bounded
 * @param labels that what is made must have; for deny rules, must not
 */
record Conditions(
    Map<Power, List<Glob>> powers,
    List<Glob> images,
    List<Glob> registries,
    Map<Limit, Long> limits,
    Map<String, Glob> labels) {

  Conditions {
    Map<Power, List<Glob>> copy = new EnumMap<>(Power.class);
    copy.putAll(powers);
    powers = copy;
  }

  /** What is wrong with a request for an allow rule; nothing if it fits. */
  Optional<String> problem(Facts facts) {
    if (isAboutImages()) {
      for (String image : facts.images()) {
        Spellings spellings = Spellings.of(image);
        if (!images.isEmpty() && !spellings.areNamedBy(images)) {
          return Optional.of("image " + image + " is not permitted");
        }
        if (!registries.isEmpty() && !spellings.areKeptBy(registries)) {
          return Optional.of("registry " + spellings.registry() + " is not permitted");
        }
      }
    }
    for (Map.Entry<Limit, Long> limit : limits.entrySet()) {
      Optional<Long> asked = Optional.ofNullable(facts.limits().get(limit.getKey()));
      if (asked.isEmpty() || asked.get() > limit.getValue()) {
        return Optional.of(
            "a limit of "
                + limit.getKey().key()
                + (asked.isEmpty() ? " is required" : " is lower"));
      }
    }
    for (Map.Entry<String, Glob> label : labels.entrySet()) {
      if (facts.labels().isPresent() && !hasLabel(label, facts)) {
        return Optional.of("label " + label.getKey() + "=" + label.getValue() + " is required");
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a request is what a deny rule speaks of; all kinds of conditions at once. Hundreds of
   * rules are asked for one request: what most of them fail at comes first, in plain loops.
   *
   * @param spelt the images of the request
   */
  boolean describe(Facts facts, List<Spellings> spelt) {
    if (isAboutImages() && !describeOne(spelt)) {
      return false;
    }
    for (Map.Entry<Power, List<Glob>> entry : powers.entrySet()) {
      Set<String> asked = facts.of(entry.getKey());
      if (asked.isEmpty() || !touches(entry, asked)) {
        return false;
      }
    }
    for (Map.Entry<String, Glob> label : labels.entrySet()) {
      if (!hasLabel(label, facts)) {
        return false;
      }
    }
    return true;
  }

  private boolean describeOne(List<Spellings> spelt) {
    boolean named = images.isEmpty();
    boolean kept = registries.isEmpty();
    for (Spellings image : spelt) {
      named |= !images.isEmpty() && image.areNamedBy(images);
      kept |= !registries.isEmpty() && image.areKeptBy(registries);
    }
    return named && kept;
  }

  /** Whether only a request with an image can be what is spoken of. */
  boolean isAboutImages() {
    return !images.isEmpty() || !registries.isEmpty();
  }

  private static boolean touches(Map.Entry<Power, List<Glob>> entry, Set<String> asked) {
    return asked.stream().anyMatch(value -> entry.getKey().touches(entry.getValue(), value));
  }

  private static boolean hasLabel(Map.Entry<String, Glob> label, Facts facts) {
    return facts
        .labels()
        .map(labels -> labels.get(label.getKey()))
        .filter(value -> label.getValue().matches(value))
        .isPresent();
  }
}
