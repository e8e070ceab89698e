package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of permission bits as {@code chmod} writes it: octal, or clauses such as {@code
 * u+x,go=r}.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chmod.html">chmod</a>
 */
public final class ModeChange {

  private static final int ALL = 07777;

  /**
   * One action of a clause.
   *
   * @param who the bits that it may touch
   * @param everybody no one was named, so the umask holds
   */
  private record Action(int who, boolean everybody, char operator, String permissions) {}

  private final Optional<Integer> absolute;
  private final List<Action> actions;

  private ModeChange(Optional<Integer> absolute, List<Action> actions) {
    this.absolute = absolute;
    this.actions = actions;
  }

  /** Reads a change; a failure for what is none. */
  public static ModeChange parse(String text) throws Failure {
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      long bits = Quantities.parse(text, 8).orElse(-1L);
      if (bits < 0 || bits > ALL) {
        throw new Failure("invalid mode '" + text + "'");
      }
      return new ModeChange(Optional.of((int) bits), List.of());
    }
    List<Action> actions = new ArrayList<>();
    for (String clause : text.split(",", -1)) {
      if (!parseClause(clause, actions)) {
        throw new Failure("invalid mode '" + text + "'");
      }
    }
    return new ModeChange(Optional.empty(), actions);
  }

  private static boolean parseClause(String clause, List<Action> actions) {
    int at = 0;
    int who = 0;
    while (at < clause.length() && "ugoa".indexOf(clause.charAt(at)) >= 0) {
      who |= touched(clause.charAt(at++));
    }
    boolean everybody = who == 0;
    if (at == clause.length()) {
      return false;
    }
    while (at < clause.length()) {
      char operator = clause.charAt(at++);
      int from = at;
      while (at < clause.length() && "rwxXstugo".indexOf(clause.charAt(at)) >= 0) {
        at++;
      }
      if ("+-=".indexOf(operator) < 0) {
        return false;
      }
      actions.add(
          new Action(everybody ? ALL : who, everybody, operator, clause.substring(from, at)));
    }
    return true;
  }

  private static int touched(char who) {
    return switch (who) {
      case 'u' -> 04700;
      case 'g' -> 02070;
      case 'o' -> 01007;
      default -> ALL;
    };
  }

  /** The bits of a file after the change. */
  public int apply(FileStat stat, int umask) {
    return apply(stat.mode(), stat.type() == FileType.DIRECTORY, umask);
  }

  /** The bits that these become. */
  public int apply(int mode, boolean directory, int umask) {
    if (absolute.isPresent()) {
      return absolute.get();
    }
    int bits = mode;
    for (Action action : actions) {
      int allowed = action.everybody() ? ALL & ~umask : action.who();
      int wanted = wanted(action, bits, directory) & allowed;
      bits =
          switch (action.operator()) {
            case '+' -> bits | wanted;
            case '-' -> bits & ~wanted;
            default -> (bits & ~(action.who() & (directory ? 01777 : ALL))) | wanted;
          };
    }
    return bits;
  }

  private static int wanted(Action action, int mode, boolean directory) {
    int wanted = 0;
    for (char permission : action.permissions().toCharArray()) {
      wanted |=
          switch (permission) {
            case 'r' -> 0444;
            case 'w' -> 0222;
            case 'x' -> 0111;
            case 'X' -> directory || (mode & 0111) != 0 ? 0111 : 0;
            case 's' -> 06000;
            case 't' -> 01000;
            case 'u' -> (mode >> 6 & 7) * 0111;
            case 'g' -> (mode >> 3 & 7) * 0111;
            default -> (mode & 7) * 0111;
          };
    }
    return wanted;
  }

  /** The ten letters that {@code ls -l} shows. */
  public static String letters(FileStat stat) {
    int mode = stat.mode();
    StringBuilder letters = new StringBuilder(10).append(stat.type().letter());
    String rwx = "rwxrwxrwx";
    for (int i = 0; i < 9; i++) {
      letters.append((mode & 0400 >> i) != 0 ? rwx.charAt(i) : '-');
    }
    special(letters, 3, (mode & 04000) != 0, 's');
    special(letters, 6, (mode & 02000) != 0, 's');
    special(letters, 9, (mode & 01000) != 0, 't');
    return letters.toString();
  }

  private static void special(StringBuilder letters, int at, boolean set, char letter) {
    if (set) {
      letters.setCharAt(at, letters.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }
}
