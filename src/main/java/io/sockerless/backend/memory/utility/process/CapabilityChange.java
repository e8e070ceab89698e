package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.utility.Failure;

/**
 * A change of a set of capabilities as {@code setpriv} takes it: {@code +name} and {@code -name}
 * with commas between, {@code all} being a name too.
 */
final class CapabilityChange {

  private static final String EVERYTHING = "all";

  private CapabilityChange() {}

  /**
   * The set after the change.
   *
   * @throws Failure in setpriv's words for what is not a change
   */
  static CapabilitySet apply(String change, CapabilitySet before) throws Failure {
    CapabilitySet after = before;
    for (String item : change.split(",", -1)) {
      if (item.startsWith("+")) {
        after = after.with(named(item.substring(1)));
      } else if (item.startsWith("-")) {
        after = after.without(named(item.substring(1)));
      } else {
        throw new Failure("bad capability string");
      }
    }
    return after;
  }

  private static CapabilitySet named(String name) throws Failure {
    if (name.equals(EVERYTHING)) {
      return CapabilitySet.ALL;
    }
    return CapabilitySet.of(
        LinuxCapability.of(name)
            .orElseThrow(() -> new Failure("unknown capability \"" + name + "\"")));
  }
}
