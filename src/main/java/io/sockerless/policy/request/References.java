package io.sockerless.policy.request;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The objects that a request's body and parameters name, beside the one in its path: joining
 * another's network or mounting another's volume is a way into it.
 *
 * @param containers names and ids
 * @param volumes names
 * @param networks names and ids
 * @param images whose content is used
 * @param imageTargets the names that an image is to get
 */
public record References(
    Set<String> containers,
    Set<String> volumes,
    Set<String> networks,
    Set<String> images,
    Set<String> imageTargets) {

  /** None yet. */
  static References collecting() {
    return new References(
        new LinkedHashSet<>(),
        new LinkedHashSet<>(),
        new LinkedHashSet<>(),
        new LinkedHashSet<>(),
        new LinkedHashSet<>());
  }
}
