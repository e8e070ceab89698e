package io.sockerless.backend.core.driver;

import java.util.Locale;
import java.util.Optional;

/**
 * The parts that Linux splits the powers of root into.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public enum LinuxCapability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  DAC_READ_SEARCH(2),
  FOWNER(3),
  FSETID(4),
  KILL(5),
  SETGID(6),
  SETUID(7),
  SETPCAP(8),
  LINUX_IMMUTABLE(9),
  NET_BIND_SERVICE(10),
  NET_BROADCAST(11),
  NET_ADMIN(12),
  NET_RAW(13),
  IPC_LOCK(14),
  IPC_OWNER(15),
  SYS_MODULE(16),
  SYS_RAWIO(17),
  SYS_CHROOT(18),
  SYS_PTRACE(19),
  SYS_PACCT(20),
  SYS_ADMIN(21),
  SYS_BOOT(22),
  SYS_NICE(23),
  SYS_RESOURCE(24),
  SYS_TIME(25),
  SYS_TTY_CONFIG(26),
  MKNOD(27),
  LEASE(28),
  AUDIT_WRITE(29),
  AUDIT_CONTROL(30),
  SETFCAP(31),
  MAC_OVERRIDE(32),
  MAC_ADMIN(33),
  SYSLOG(34),
  WAKE_ALARM(35),
  BLOCK_SUSPEND(36),
  AUDIT_READ(37),
  PERFMON(38),
  BPF(39),
  CHECKPOINT_RESTORE(40);

  private static final String PREFIX = "CAP_";

  private final int number;

  LinuxCapability(int number) {
    this.number = number;
  }

  /** Its bit in the numbers of {@code /proc/PID/status}. */
  long bit() {
    return 1L << number;
  }

  /** The capability of a name, with or without {@code CAP_}, in any case. */
  public static Optional<LinuxCapability> of(String name) {
    String full = fullName(name);
    for (LinuxCapability capability : values()) {
      if (full.equals(PREFIX + capability.name())) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }

  /** A name as Linux writes it, whether there is one like it or not. */
  static String fullName(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith(PREFIX) ? upper : PREFIX + upper;
  }
}
