package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Set;

/**
 * How a file system in memory is to be.
 *
 * @param sizeLimit in bytes, 0 for none
 * @param mode the root folder's permissions
 */
record TmpfsOptions(boolean readOnly, long sizeLimit, int mode) {

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

  private static final Set<String> VALUES = Set.of("uid", "gid", "nr_inodes", "nr_blocks", "mpol");

  /**
   * Reads a value of {@code HostConfig.Tmpfs}, such as {@code rw,noexec,size=64m,mode=1777}.
   *
   * @throws EngineException.InvalidParameter for what is no option
   */
  static TmpfsOptions parse(String text) {
    TmpfsOptions options = new TmpfsOptions(false, 0, MODE);
    for (String option : Arrays.asList(text.split(",", -1))) {
      options = options.with(option);
    }
    return options;
  }

  private TmpfsOptions with(String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "" : option.substring(equals + 1);
    return switch (name) {
      case "" -> this;
      case "ro" -> new TmpfsOptions(true, sizeLimit, mode);
      case "size" -> new TmpfsOptions(readOnly, Sizes.parse(value), mode);
      case "mode" -> new TmpfsOptions(readOnly, sizeLimit, mode(value));
      default -> {
        if (!(equals < 0 ? FLAGS : VALUES).contains(name)) {
          throw new EngineException.InvalidParameter(
              equals < 0
                  ? "invalid tmpfs option [\"%s\"]".formatted(name)
                  : "invalid tmpfs option [\"%s\" \"%s\"]".formatted(name, value));
        }
        yield this;
      }
    };
  }

  private static int mode(String octal) {
    if (!octal.matches("[0-7]{1,4}")) {
      throw new EngineException.InvalidParameter("invalid tmpfs mode: '" + octal + "'");
    }
    return Integer.parseInt(octal, 8);
  }

  /** Reads the {@code TmpfsOptions} of the API's {@code Mount}. */
  static TmpfsOptions of(JsonObject mount) {
    JsonObject options = Documents.object(mount, "TmpfsOptions");
    long mode = Documents.number(options, "Mode");
    return new TmpfsOptions(
        Documents.flag(mount, "ReadOnly"),
        Documents.number(options, "SizeBytes"),
        mode == 0 ? MODE : (int) mode & 07777);
  }
}
