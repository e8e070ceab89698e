package io.sockerless.backend.core.driver;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.strings;
import static io.sockerless.backend.core.driver.LinuxCapability.AUDIT_WRITE;
import static io.sockerless.backend.core.driver.LinuxCapability.CHOWN;
import static io.sockerless.backend.core.driver.LinuxCapability.DAC_OVERRIDE;
import static io.sockerless.backend.core.driver.LinuxCapability.FOWNER;
import static io.sockerless.backend.core.driver.LinuxCapability.FSETID;
import static io.sockerless.backend.core.driver.LinuxCapability.KILL;
import static io.sockerless.backend.core.driver.LinuxCapability.MKNOD;
import static io.sockerless.backend.core.driver.LinuxCapability.NET_BIND_SERVICE;
import static io.sockerless.backend.core.driver.LinuxCapability.NET_RAW;
import static io.sockerless.backend.core.driver.LinuxCapability.SETFCAP;
import static io.sockerless.backend.core.driver.LinuxCapability.SETGID;
import static io.sockerless.backend.core.driver.LinuxCapability.SETPCAP;
import static io.sockerless.backend.core.driver.LinuxCapability.SETUID;
import static io.sockerless.backend.core.driver.LinuxCapability.SYS_CHROOT;

import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;

/**
 * Some of root's powers.
 *
 * @param bits a bit for each, as {@code /proc/PID/status} has them
 * @see <a
 *     href="https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities">
 *     Docker on capabilities</a>
 */
public record CapabilitySet(long bits) {

  /** No power at all. */
  public static final CapabilitySet NONE = new CapabilitySet(0);

  /** Every power there is. */
  public static final CapabilitySet ALL = of(LinuxCapability.values());

  /** What a container has that asks for nothing else. */
  public static final CapabilitySet USUAL =
      of(
          CHOWN,
          DAC_OVERRIDE,
          FSETID,
          FOWNER,
          MKNOD,
          NET_RAW,
          SETGID,
          SETUID,
          SETFCAP,
          SETPCAP,
          NET_BIND_SERVICE,
          SYS_CHROOT,
          KILL,
          AUDIT_WRITE);

  private static final String EVERYTHING = "CAP_ALL";

  /** These and no others. */
  public static CapabilitySet of(LinuxCapability... capabilities) {
    long bits = 0;
    for (LinuxCapability capability : capabilities) {
      bits |= capability.bit();
    }
    return new CapabilitySet(bits);
  }

  /**
   * What the processes of a container may have.
   *
   * @param hostConfig of which {@code CapAdd}, {@code CapDrop} and {@code Privileged} count
   * @throws EngineException.InvalidParameter in dockerd's words of a name that is none
   */
  public static CapabilitySet ofContainer(JsonObject hostConfig) {
    Request added = Request.of(hostConfig, "CapAdd");
    Request dropped = Request.of(hostConfig, "CapDrop");
    if (flag(hostConfig, "Privileged")) {
      return ALL;
    }
    if (added.everything()) {
      return ALL.without(dropped.named());
    }
    CapabilitySet left = dropped.everything() ? NONE : USUAL.without(dropped.named());
    return left.with(added.named());
  }

  /** What one field of a host configuration names. */
  private record Request(CapabilitySet named, boolean everything) {

    static Request of(JsonObject hostConfig, String field) {
      CapabilitySet named = NONE;
      boolean everything = false;
      for (String name : strings(hostConfig, field)) {
        String full = LinuxCapability.fullName(name);
        if (full.equals(EVERYTHING)) {
          everything = true;
        } else {
          named =
              named.with(
                  CapabilitySet.of(
                      LinuxCapability.of(name)
                          .orElseThrow(() ->
                              new EngineException.InvalidParameter(
                                  "invalid " + field + ": unknown capability: \"" + full + "\""))));
        }
      }
      return new Request(named, everything);
    }
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return bits == 0;
  }

  /** Whether that power is one of them. */
  public boolean has(LinuxCapability capability) {
    return (bits & capability.bit()) != 0;
  }

  /** Those that are in either. */
  public CapabilitySet with(CapabilitySet others) {
    return new CapabilitySet(bits | others.bits);
  }

  /** Those that are in both. */
  public CapabilitySet within(CapabilitySet others) {
    return new CapabilitySet(bits & others.bits);
  }

  /** Those that are not in the other. */
  public CapabilitySet without(CapabilitySet others) {
    return new CapabilitySet(bits & ~others.bits);
  }

  /** As {@code /proc/PID/status} writes it: 16 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", bits);
  }
}
