package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.engine.EngineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of {@code ps}, as far as they choose columns and processes: what selects among users
 * and terminals has no effect, since dockerd asks for a container's processes anyway.
 *
 * <p>Three grammars live side by side: {@code -ef} of System V, {@code aux} of BSD, {@code --long}
 * of GNU. What is wrong is said in the words of ps, which dockerd passes on.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/ps.1.html">ps(1)</a>
 */
final class PsOptions {

  /** The title by which dockerd finds the column that tells the processes apart. */
  private static final String PID = "PID";

  private static final String SHORT = "pid,tname=TTY,time,ucmd";
  private static final String SHORT_BSD = "pid,tname=TTY,stat,bsdtime,args";
  private static final String FULL = "user=UID,pid,ppid,c,stime,tname=TTY,time,cmd";
  private static final String EXTRA_FULL =
      "user=UID,pid,ppid,c,sz,rss,psr,stime,tname=TTY,time,cmd";
  private static final String LONG = "f,s,uid,pid,ppid,c,pri,ni,addr,sz,wchan,tname=TTY,time,ucmd";
  private static final String LONG_BSD =
      "f,uid,pid,ppid,pri,ni,vsz,rss,wchan,stat,tname=TTY,bsdtime,args";
  private static final String BY_USER =
      "user,pid,%cpu,%mem,vsz,rss,tname=TTY,stat,bsdstart,bsdtime,args";

  private final Deque<String> rest;
  private final List<PsColumn> chosen = new ArrayList<>();
  private final Set<String> formats = new HashSet<>();
  private final Set<Integer> pids = new HashSet<>();
  private boolean bsd;
  private boolean labels;
  private boolean headless;

  private PsOptions(List<String> arguments) {
    rest = new ArrayDeque<>(arguments);
  }

  /**
   * Reads options.
   *
   * @throws EngineException in dockerd's form of what ps would not take
   */
  static PsOptions parse(List<String> arguments) {
    PsOptions options = new PsOptions(arguments);
    while (!options.rest.isEmpty()) {
      options.next(options.rest.pop());
    }
    if (options.formats.size() > 1) {
      throw error("conflicting format options");
    }
    return options;
  }

  private void next(String argument) {
    if (argument.startsWith("--")) {
      longOption(argument.substring(2));
    } else if (argument.equals("-aux")) {
      bsdLetters("aux");
    } else if (argument.startsWith("-") && argument.length() > 1) {
      letters(argument.substring(1));
    } else if (argument.matches("[0-9]+(,[0-9]+)*")) {
      select(argument);
    } else {
      bsdLetters(argument);
    }
  }

  private void letters(String cluster) {
    for (int i = 0; i < cluster.length(); i++) {
      char letter = cluster.charAt(i);
      String behind = cluster.substring(i + 1);
      switch (letter) {
        case 'A', 'a', 'd', 'e', 'N', 'r', 'x', 'w', 'H', 'c', 'L', 'T', 'm', 'y' -> {}
        case 'f' -> formats.add(FULL);
        case 'F' -> formats.add(EXTRA_FULL);
        case 'l' -> formats.add(LONG);
        case 'M', 'Z' -> labels = true;
        case 'o', 'O', 'p', 'q', 'C', 'u', 'U', 'g', 'G', 's', 't' -> {
          valued("-" + letter, letter, behind);
          return;
        }
        default -> throw error("unsupported SysV option");
      }
    }
  }

  private void bsdLetters(String cluster) {
    bsd = true;
    for (int i = 0; i < cluster.length(); i++) {
      char letter = cluster.charAt(i);
      String behind = cluster.substring(i + 1);
      switch (letter) {
        case 'a', 'x', 'T', 'r', 'g', 'w', 'e', 'n', 'c', 'S', 'f', 'H', 'L', 'm' -> {}
        case 'h' -> headless = true;
        case 'u' -> formats.add(BY_USER);
        case 'l' -> formats.add(LONG_BSD);
        case 'M', 'Z' -> labels = true;
        case 'o', 'O', 'p', 'q', 'U', 't', 'k' -> {
          valued(Character.toString(letter), letter, behind);
          return;
        }
        default -> throw error("unsupported option (BSD syntax)");
      }
    }
  }

  private void longOption(String option) {
    String name = option.split("=", 2)[0];
    switch (name) {
      case "no-headers", "no-heading", "no-headings", "no-header" -> headless = true;
      case "headers", "heading", "headings", "header", "forest", "deselect", "cumulative" -> {}
      case "format" -> choose(longValue(option, "format specification must follow --format"));
      case "pid" -> select(longValue(option, "list of process IDs must follow --pid"));
      case "sort" -> longValue(option, "long sort specification must follow --sort");
      case "cols", "columns", "width", "rows", "lines", "user", "User", "group", "Group", "ppid" ->
          longValue(option, "list must follow --" + name);
      default -> throw error("unknown gnu long option");
    }
  }

  private String longValue(String option, String complaint) {
    String[] parts = option.split("=", 2);
    return parts.length == 2 ? parts[1] : following(complaint);
  }

  private void valued(String option, char letter, String behind) {
    String complaint =
        switch (letter) {
          case 'o', 'O' -> "format specification must follow " + option;
          case 'p', 'q' -> "list of process IDs must follow " + option;
          default -> "list must follow " + option;
        };
    String value = behind.isEmpty() ? following(complaint) : behind;
    switch (letter) {
      case 'o' -> choose(value);
      case 'O' -> choose("pid," + value + ",s,tname=TTY,time,args");
      case 'p', 'q' -> select(value);
      default -> {}
    }
  }

  private String following(String complaint) {
    return Optional.ofNullable(rest.poll()).orElseThrow(() -> error(complaint));
  }

  private void select(String list) {
    for (String number : list.split("[, ]+", -1)) {
      if (!number.matches("[0-9]{1,9}")) {
        throw error("process ID list syntax error");
      }
      pids.add(Integer.parseInt(number));
    }
  }

  private void choose(String specification) {
    chosen.addAll(columns(specification));
  }

  private static List<PsColumn> columns(String specification) {
    List<PsColumn> columns = new ArrayList<>();
    for (String text : specification.split("[, ]+", -1)) {
      String[] parts = text.split("=", 2);
      String name = parts[0].split(":", 2)[0];
      if (parts.length == 2 && parts[1].startsWith(PID) && !name.equals("pid")) {
        throw new EngineException.Failure(500, "specifying \"" + text + "\" is not allowed");
      }
      PsColumn column =
          PsColumn.of(name)
              .orElseThrow(
                  () -> error("unknown user-defined format specifier \"" + parts[0] + "\""));
      columns.add(parts.length == 2 && !parts[1].isEmpty() ? column.titled(parts[1]) : column);
    }
    return columns;
  }

  /**
   * What is to be shown of a process.
   *
   * @throws EngineException if dockerd could not tell the processes apart
   */
  List<PsColumn> columns() {
    List<PsColumn> columns = new ArrayList<>(labels ? columns("label") : List.of());
    columns.addAll(
        chosen.isEmpty()
            ? columns(formats.stream().findFirst().orElse(bsd ? SHORT_BSD : SHORT))
            : chosen);
    if (headless || columns.stream().noneMatch(column -> column.title().equals(PID))) {
      throw new EngineException.Failure(500, "Couldn't find PID field in ps output");
    }
    return columns;
  }

  /** Whether a process is to be shown. */
  boolean shows(ProcessInfo process) {
    return pids.isEmpty() || pids.contains(process.pid());
  }

  private static EngineException error(String words) {
    return new EngineException.Failure(500, "ps: error: " + words);
  }
}
