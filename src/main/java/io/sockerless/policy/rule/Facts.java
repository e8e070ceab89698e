package io.sockerless.policy.rule;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request would do, as far as rules speak of it.
 *
 * @param powers what it asks for that reaches beyond a container
 * @param images the images that it uses, makes or names, in full, as {@code
 *     docker.io/library/alpine:latest}
 * @param limits the resources that it bounds, and how far; 0 for those that it leaves as they are
 * @param labels those of what it makes; empty if it makes nothing
 */
public record Facts(
    Map<Power, Set<String>> powers,
    Set<String> images,
    Map<Limit, Long> limits,
    Optional<Map<String, String>> labels) {

  private static final Facts NONE = new Facts(Map.of(), Set.of(), untouched(), Optional.empty());

  /** The limits of a request that has nothing to do with any. */
  public static Map<Limit, Long> untouched() {
    Map<Limit, Long> limits = new HashMap<>();
    for (Limit limit : Limit.values()) {
      limits.put(limit, 0L);
    }
    return limits;
  }

  /** Of a request that does nothing that rules have a word for. */
  public static Facts none() {
    return NONE;
  }

  /** Takes copies, in an order that does not change from run to run. */
  public Facts {
    powers = powers.isEmpty() ? Map.of() : copy(powers);
    images = images.isEmpty() ? Set.of() : new LinkedHashSet<>(images);
  }

  private static Map<Power, Set<String>> copy(Map<Power, Set<String>> powers) {
    Map<Power, Set<String>> copy = new EnumMap<>(Power.class);
    powers.forEach((power, values) -> copy.put(power, new TreeSet<>(values)));
    return copy;
  }

  /** The values of one power that the request asks for. */
  public Set<String> of(Power power) {
    return powers.getOrDefault(power, Set.of());
  }

  /** These facts about other images. */
  public Facts withImages(Set<String> others) {
    return new Facts(powers, others, limits, labels);
  }

  /** Whether it reaches nothing beyond a container. */
  boolean asksForNoPower() {
    for (Set<String> values : powers.values()) {
      if (!values.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The powers that are asked for at all. */
  Set<Power> asked() {
    Set<Power> asked = EnumSet.noneOf(Power.class);
    powers.forEach((power, values) -> {
      if (!values.isEmpty()) {
        asked.add(power);
      }
    });
    return asked;
  }
}
