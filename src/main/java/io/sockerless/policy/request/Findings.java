package io.sockerless.policy.request;

import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Limit;
import io.sockerless.policy.rule.Power;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what a request would do while it is read. */
final class Findings {

  private final Map<Power, Set<String>> powers = new EnumMap<>(Power.class);
  private final References references = References.collecting();
  private final Map<Limit, Long> limits = new HashMap<>(Facts.untouched());
  private Optional<Map<String, String>> labels = Optional.empty();

  References references() {
    return references;
  }

  void power(Power power, String value) {
    powers.computeIfAbsent(power, key -> new LinkedHashSet<>()).add(value);
  }

  void capability(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    power(Power.CAPABILITIES, upper.startsWith("CAP_") ? upper.substring(4) : upper);
  }

  void makes(Map<String, String> withLabels) {
    labels = Optional.of(withLabels);
  }

  /** What is asked for: nothing, where 0 is no limit at all. */
  void limit(Limit limit, long amount) {
    if (amount > 0) {
      limits.put(limit, amount);
    } else {
      limits.remove(limit);
    }
  }

  /**
   * A mount's source, which is a path of the host or the name of a volume.
   *
   * @param source empty for what is made anew
   */
  void source(String source) {
    if (source.isEmpty()) {
      return;
    }
    if (source.indexOf('/') >= 0 || source.indexOf('\\') >= 0 || source.startsWith("~")) {
      power(Power.BINDS, source);
    } else {
      references.volumes().add(source);
    }
  }

  /** How the {@code local} driver is to mount a volume, which can be any folder of the host. */
  void volumeDriver(String driver, Map<String, String> options) {
    if (!driver.isEmpty() && !driver.equals("local")) {
      power(Power.SECURITY, "volume-driver=" + driver);
    }
    String device = options.getOrDefault("device", "");
    if (device.startsWith("/")) {
      power(Power.BINDS, device);
    } else if (!device.isEmpty() && !device.equals("tmpfs")) {
      power(Power.SECURITY, "volume-device=" + device);
    }
  }

  /** A namespace that a container is to have: its own, another container's, or the host's. */
  void namespace(String name, String mode) {
    String other = "container:";
    if (mode.startsWith(other)) {
      references.containers().add(mode.substring(other.length()));
    } else if (!Set.of("", "private", "shareable", "none", "default").contains(mode)) {
      power(Power.NAMESPACES, name);
    }
  }

  void network(String mode) {
    if (mode.startsWith("container:") || mode.equals("host") || mode.startsWith("ns:")) {
      namespace("network", mode);
    } else if (!Set.of("", "default", "none", "bridge").contains(mode)) {
      references.networks().add(mode);
    }
  }

  Facts facts(Set<String> images) {
    return new Facts(powers, images, limits, labels);
  }
}
