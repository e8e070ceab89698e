package io.sockerless.backend.core.build;

import io.sockerless.engine.EngineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --chmod} says: an octal mode, or changes such as {@code u=rwX,go-w}.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chmod.html">chmod</a>
 */
record ModeChange(String text) {

  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,4}");
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)([-+=])([rwxXst]*)");
  private static final int ALL = 0777;
  private static final int EXECUTE = 0111;

  /** Refuses what is no mode. */
  ModeChange {
    boolean valid = text.isEmpty() || OCTAL.matcher(text).matches();
    if (!valid) {
      for (String clause : text.split(",", -1)) {
        if (!CLAUSE.matcher(clause).matches()) {
          throw new EngineException.InvalidParameter("invalid chmod parameter: '" + text + "'");
        }
      }
    }
  }

  /** The mode that a file of the given one gets. */
  int apply(int mode, boolean folder) {
    if (text.isEmpty()) {
      return mode;
    }
    if (OCTAL.matcher(text).matches()) {
      return Integer.parseInt(text, 8);
    }
    int changed = mode;
    for (String clause : text.split(",", -1)) {
      changed = apply(clause, changed, folder);
    }
    return changed;
  }

  private static int apply(String clause, int mode, boolean folder) {
    Matcher matcher = CLAUSE.matcher(clause);
    if (!matcher.matches()) {
      return mode;
    }
    String who = matcher.group(1);
    int mask = who.isEmpty() || who.contains("a") ? ALL : 0;
    mask |= who.contains("u") ? 0700 : 0;
    mask |= who.contains("g") ? 0070 : 0;
    mask |= who.contains("o") ? 0007 : 0;
    String permissions = matcher.group(3);
    int bits = 0;
    bits |= permissions.contains("r") ? 0444 : 0;
    bits |= permissions.contains("w") ? 0222 : 0;
    boolean executes =
        permissions.contains("x")
            || (permissions.contains("X") && (folder || (mode & EXECUTE) != 0));
    bits |= executes ? EXECUTE : 0;
    bits &= mask;
    bits |= permissions.contains("t") ? 01000 : 0;
    bits |= permissions.contains("s") && (mask & 0700) != 0 ? 04000 : 0;
    bits |= permissions.contains("s") && (mask & 0070) != 0 ? 02000 : 0;
    return switch (matcher.group(2)) {
      case "+" -> mode | bits;
      case "-" -> mode & ~bits;
      default -> (mode & ~mask) | bits;
    };
  }
}
