package io.sockerless.policy.rule;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a container can be given that reaches beyond it. An allow rule gives none of these unless it
 * says so, so that a rule that was written without a thought of them does not hand out the host.
 */
public enum Power {
  /** All capabilities and devices, of a container or of a command in it; {@code true} alone. */
  PRIVILEGED,
  /** Capabilities beyond the usual ones, without {@code CAP_}: {@code NET_ADMIN}, {@code ALL}. */
  CAPABILITIES,
  /** Folders and files of the host, by whatever way they get into a container; absolute paths. */
  BINDS,
  /** Devices of the host by their path; {@code gpu:DRIVER}; {@code rule:C M:N rwm}. */
  DEVICES,
  /** The host's own namespaces: {@code network pid ipc uts user cgroup}. */
  NAMESPACES,
  /**
   * What loosens the confinement: {@code seccomp=unconfined} and its like, {@code runtime=NAME},
   * {@code cgroup-parent=PATH}, {@code masked-paths}, {@code readonly-paths}, {@code
   * volume-driver=NAME}.
   */
  SECURITY,
  /** Kernel parameters by their name. */
  SYSCTLS;

  /** As rules spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that rules spell so. */
  static Optional<Power> of(String key) {
    return Arrays.stream(values()).filter(power -> power.key().equals(key)).findFirst();
  }

  /** Whether one of the entries of a rule gives this. */
  boolean grants(List<Glob> entries, String value) {
    return entries.stream()
        .anyMatch(entry ->
            this == BINDS
                ? isAll(entry) || isUnder(value, entry.toString())
                : entry.matches(value));
  }

  /**
   * Whether one of the entries of a rule speaks of this. A bind reaches all that is below its
   * source, so that {@code /} is a bind of {@code /etc} as well.
   */
  boolean touches(List<Glob> entries, String value) {
    return grants(entries, value)
        || (this == BINDS && entries.stream().anyMatch(entry -> isUnder(entry.toString(), value)));
  }

  private static boolean isAll(Glob entry) {
    return entry.toString().equals("*");
  }

  private static boolean isUnder(String path, String folder) {
    try {
      return Path.of(path).normalize().startsWith(Path.of(folder).normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
