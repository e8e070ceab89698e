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
import java.util.regex.Pattern;

/** Gathers what a request would do while it is read. */
final class Findings {

  /** Options of a mount that are about the mounted files alone. */
  private static final Pattern TMPFS =
      Pattern.compile(
          "(?:(?:(?:size|mode|uid|gid|nr_inodes|nr_blocks)=\\w+%?|ro|rw|no(?:dev|suid|exec|atime)"
              + "|relatime)(?:,|$))*");

  private static final String BRIDGE = "com.docker.network.bridge.";
  private static final Set<String> BRIDGE_OPTIONS =
      Set.of(
          BRIDGE + "enable_icc",
          BRIDGE + "enable_ip_masquerade",
          BRIDGE + "host_binding_ipv4",
          "com.docker.network.container_iface_prefix",
          "com.docker.network.driver.mtu",
          "com.docker.network.enable_ipv4",
          "com.docker.network.enable_ipv6");

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

  /** A folder of the host; empty for the usual one. */
  void folder(String path) {
    if (!path.isEmpty()) {
      power(Power.BINDS, path);
    }
  }

  /** How the {@code local} driver is to mount a volume, which can be any folder of the host. */
  void volumeDriver(String driver, Map<String, String> options) {
    if (!driver.isEmpty() && !driver.equals("local")) {
      power(Power.SECURITY, "volume-driver=" + driver);
    }
    String type = options.getOrDefault("type", "");
    String device = options.getOrDefault("device", "");
    String flags = options.getOrDefault("o", "");
    if (type.equals("tmpfs") && !device.startsWith("/") && TMPFS.matcher(flags).matches()) {
      return;
    }
    if (device.startsWith("/")) {
      power(Power.BINDS, device);
    } else if (!device.isEmpty()) {
      power(Power.SECURITY, "volume-device=" + device);
    }
    // Of other types the options name folders too, as an overlay's do.
    if (!Set.of("", "none", "bind").contains(type)) {
      power(Power.SECURITY, "volume-type=" + type);
    }
  }

  /** What a network's driver is told; a bridge's name, say, is any interface of the host. */
  void bridgeOptions(Map<String, String> options) {
    options.keySet().stream()
        .filter(name -> !BRIDGE_OPTIONS.contains(name))
        .forEach(name -> power(Power.SECURITY, "network-option=" + name));
  }

  /**
   * Takes a network by which a container is connected.
   *
   * @param id of the network, which dockerd heeds before its name; empty if none is written
   */
  void endpoint(String id) {
    if (!id.isEmpty()) {
      references.networks().add(id);
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
