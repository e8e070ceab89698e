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

  private static final String HUB = "docker.io/";
  private static final String OFFICIAL = HUB + "library/";

  Conditions {
    Map<Power, List<Glob>> copy = new EnumMap<>(Power.class);
    copy.putAll(powers);
    powers = copy;
  }

  /** What is wrong with a request for an allow rule; nothing if it fits. */
  Optional<String> problem(Facts facts) {
    for (String image : facts.images()) {
      if (!images.isEmpty() && !names(images, image)) {
        return Optional.of("image " + image + " is not permitted");
      }
      if (!registries.isEmpty() && !matches(registries, registry(image))) {
        return Optional.of("registry " + registry(image) + " is not permitted");
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
   */
  boolean describe(Facts facts) {
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
    return !isAboutImages()
        || ((images.isEmpty() || facts.images().stream().anyMatch(image -> names(images, image)))
            && (registries.isEmpty()
                || facts.images().stream()
                    .anyMatch(image -> matches(registries, registry(image)))));
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

  private static boolean names(List<Glob> patterns, String image) {
    String shorter = shorter(image);
    return matches(patterns, image)
        || matches(patterns, shorter)
        || matches(patterns, untagged(image))
        || matches(patterns, untagged(shorter));
  }

  private static String shorter(String image) {
    if (!image.startsWith(HUB)) {
      return image;
    }
    return image.substring(image.startsWith(OFFICIAL) ? OFFICIAL.length() : HUB.length());
  }

  private static boolean matches(List<Glob> patterns, String text) {
    for (Glob pattern : patterns) {
      if (pattern.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private static String registry(String image) {
    return image.substring(0, Math.max(0, image.indexOf('/')));
  }

  private static String untagged(String image) {
    int at = image.indexOf('@');
    String name = at < 0 ? image : image.substring(0, at);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 ? name : name.substring(0, colon);
  }
}
