package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How a file system in memory is to be.
 *
 * @param sizeLimit in bytes, 0 for none
 * @param mode the root folder's permissions
 * @param uid whose the root folder is
 * @param gid and of which group
 * @param flags what the mount tells that it keeps from processes, {@code nosuid} and the like
 */
record TmpfsOptions(
    boolean readOnly, long sizeLimit, int mode, int uid, int gid, List<String> flags) {

  /** What Docker keeps from processes unless it is asked not to. */
  private static final List<String> GUARDS = List.of("nosuid", "nodev", "noexec");

  private static final int MODE = 01777;

  /** Words that a kernel knows and that change nothing in a file system of ours. */
  private static final Set<String> FLAGS =
      Set.of(
          "defaults",
          "rw",
          "exec",
          "noexec",
          "suid",
          "nosuid",
          "dev",
          "nodev",
          "sync",
          "async",
          "dirsync",
          "mand",
          "nomand",
          "atime",
          "noatime",
          "diratime",
          "nodiratime",
          "relatime",
          "norelatime",
          "strictatime",
          "nostrictatime",
          "private",
          "rprivate",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "unbindable",
          "runbindable");

  private static final Set<String> SETTINGS = Set.of("ro", "size", "mode", "uid", "gid");

  private static final Set<String> VALUES = Set.of("nr_inodes", "nr_blocks", "mpol");

  /**
   * Reads a value of {@code HostConfig.Tmpfs}, such as {@code rw,noexec,size=64m,mode=1777}.
   *
   * @throws EngineException.InvalidParameter for what is no option
   */
  static TmpfsOptions parse(String text) {
    TmpfsOptions options = new TmpfsOptions(false, 0, MODE, 0, 0, GUARDS);
    for (String option : Arrays.asList(text.split(",", -1))) {
      options = options.with(option);
    }
    return options;
  }

  /**
   * Reads the options of a volume, of which others than these are a kernel's.
   *
   * @param size in bytes, unless an option says otherwise
   * @throws EngineException.InvalidParameter for a value that makes no sense
   */
  static TmpfsOptions ofVolume(List<String> texts, long size) {
    TmpfsOptions options = new TmpfsOptions(false, size, MODE, 0, 0, List.of());
    for (String option : texts) {
      if (SETTINGS.contains(option.replaceFirst("=.*", "")) || FLAGS.contains(option)) {
        options = options.with(option);
      }
    }
    return options;
  }

  private TmpfsOptions with(String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "" : option.substring(equals + 1);
    return switch (name) {
      case "" -> this;
      case "ro" -> new TmpfsOptions(true, sizeLimit, mode, uid, gid, flags);
      case "size" -> new TmpfsOptions(readOnly, Sizes.parse(value), mode, uid, gid, flags);
      case "mode" -> new TmpfsOptions(readOnly, sizeLimit, mode(value), uid, gid, flags);
      case "uid" -> new TmpfsOptions(readOnly, sizeLimit, mode, owner(name, value), gid, flags);
      case "gid" -> new TmpfsOptions(readOnly, sizeLimit, mode, uid, owner(name, value), flags);
      default -> {
        if (!(equals < 0 ? FLAGS : VALUES).contains(name)) {
          throw new EngineException.InvalidParameter(
              equals < 0
                  ? "invalid tmpfs option [\"%s\"]".formatted(name)
                  : "invalid tmpfs option [\"%s\" \"%s\"]".formatted(name, value));
        }
        yield new TmpfsOptions(readOnly, sizeLimit, mode, uid, gid, flagged(name));
      }
    };
  }

  /** The same, read-only also if a container wants it so. */
  TmpfsOptions readOnly(boolean wanted) {
    return new TmpfsOptions(readOnly || wanted, sizeLimit, mode, uid, gid, flags);
  }

  /** The flags with one more, or with one that is taken back: {@code exec} is no noexec. */
  private List<String> flagged(String flag) {
    return GUARDS.stream()
        .filter(
            guard -> guard.equals(flag) || (flags.contains(guard) && !guard.equals("no" + flag)))
        .toList();
  }

  private static int mode(String octal) {
    if (!octal.matches("[0-7]{1,4}")) {
      throw new EngineException.InvalidParameter("invalid tmpfs mode: '" + octal + "'");
    }
    return Integer.parseInt(octal, 8);
  }

  private static int owner(String option, String number) {
    if (!number.matches("[0-9]{1,9}")) {
      throw new EngineException.InvalidParameter("invalid tmpfs " + option + ": '" + number + "'");
    }
    return Integer.parseInt(number);
  }

  /** Reads the {@code TmpfsOptions} of the API's {@code Mount}. */
  static TmpfsOptions of(JsonObject mount) {
    JsonObject options = Documents.object(mount, "TmpfsOptions");
    long mode = Documents.number(options, "Mode");
    return new TmpfsOptions(
        Documents.flag(mount, "ReadOnly"),
        Documents.number(options, "SizeBytes"),
        mode == 0 ? MODE : (int) mode & 07777,
        0,
        0,
        GUARDS);
  }
}
