package io.sockerless.policy.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An image as rules may have written it. Hundreds of rules are compared with the images of one
 * request, which are spelt in all ways once and not for each rule.
 *
 * @param registry such as {@code docker.io}
 * @param names the whole reference and the short one, with tag and without
 */
record Spellings(String registry, List<String> names) {

  private static final String HUB = "docker.io/";
  private static final String OFFICIAL = HUB + "library/";

  /**
   * Spells images.
   *
   * @param images in full, as {@code docker.io/library/alpine:latest}
   */
  static List<Spellings> of(Collection<String> images) {
    List<Spellings> spellings = new ArrayList<>(images.size());
    for (String image : images) {
      spellings.add(of(image));
    }
    return spellings;
  }

  static Spellings of(String image) {
    String shorter = shorter(image);
    return new Spellings(
        image.substring(0, Math.max(0, image.indexOf('/'))),
        List.of(image, shorter, untagged(image), untagged(shorter)));
  }

  /** Whether one of the patterns fits one of the names. */
  boolean areNamedBy(List<Glob> patterns) {
    for (Glob pattern : patterns) {
      for (String name : names) {
        if (pattern.matches(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of the patterns fits the registry. */
  boolean areKeptBy(List<Glob> registries) {
    for (Glob pattern : registries) {
      if (pattern.matches(registry)) {
        return true;
      }
    }
    return false;
  }

  private static String shorter(String image) {
    if (!image.startsWith(HUB)) {
      return image;
    }
    return image.substring(image.startsWith(OFFICIAL) ? OFFICIAL.length() : HUB.length());
  }

  private static String untagged(String image) {
    int at = image.indexOf('@');
    String name = at < 0 ? image : image.substring(0, at);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 ? name : name.substring(0, colon);
  }
}
