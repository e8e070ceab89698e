package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.TimeZones;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What {@code ls} shows of one file: its name alone, or a line of all that is known. */
final class LsLines {

  private static final Duration HALF_A_YEAR = Duration.ofDays(365).dividedBy(2);
  private static final Duration SOON = Duration.ofMinutes(15);
  private static final DateTimeFormatter RECENT =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DISTANT =
      DateTimeFormatter.ofPattern("MMM ppd  yyyy", Locale.ROOT);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

  private final Task task;
  private final Options options;
  private final boolean color;
  private final ZoneId zone;
  private final Instant now = Instant.now();
  private final Optional<Accounts> accounts;

  LsLines(Task task, Options options, boolean detailed) {
    this.task = task;
    this.options = options;
    this.zone = TimeZones.of(task);
    this.accounts =
        detailed && !options.has('n') ? Optional.of(Accounts.of(task.files())) : Optional.empty();
    String when = options.has("color") ? options.value("color").orElse("always") : "never";
    this.color =
        switch (when) {
          case "always", "yes", "force" -> true;
          case "auto", "tty", "if-tty" -> Screen.isTerminal(task, 1);
          default -> false;
        };
  }

  /** The space that a file takes, in kilobytes. */
  static long kilobytes(FileStat stat) {
    return stat.isRegular() || stat.isDirectory() ? (stat.size() + 4_095) / 4_096 * 4 : 0;
  }

  /** The time that is shown and sorted by. */
  Instant time(FileStat stat) {
    return switch (options.lastOf("cu").orElse(' ')) {
      case 'c' -> stat.changed();
      case 'u' -> stat.accessed();
      default -> stat.modified();
    };
  }

  /** How wide all columns may be. */
  int width() throws IOException {
    Optional<String> width = options.value('w');
    if (width.isPresent()) {
      int columns = Quantities.small(width.get());
      return columns == 0 ? Integer.MAX_VALUE : columns;
    }
    return Screen.width(task);
  }

  /** A file among others on a line. */
  String cell(Ls.Item item) throws IOException {
    return numbers(item) + colored(item) + suffix(item.stat());
  }

  /** How many columns the file takes then. */
  int columns(Ls.Item item) {
    return Screen.columns(numbers(item) + name(item.name()) + suffix(item.stat()));
  }

  private String numbers(Ls.Item item) {
    StringBuilder text = new StringBuilder();
    if (options.has('i')) {
      text.append(String.format(Locale.ROOT, "%7d ", item.stat().inode()));
    }
    if (options.has('s')) {
      text.append(String.format(Locale.ROOT, "%6d ", kilobytes(item.stat())));
    }
    return text.toString();
  }

  private String name(String name) {
    String shown = Screen.printable(name);
    return options.has('Q')
        ? "\"" + shown.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : shown;
  }

  private String colored(Ls.Item item) {
    String name = name(item.name());
    return color ? "\033[" + colorOf(item.stat()) + "m" + name + "\033[m" : name;
  }

  private static String colorOf(FileStat stat) {
    return switch (stat.type()) {
      case REGULAR -> (stat.mode() & 0111) != 0 ? "1;32" : "0;0";
      case DIRECTORY -> "1;34";
      case SYMLINK -> "1;36";
      case FIFO -> "0;35";
      case CHARACTER, BLOCK -> "1;33";
      case SOCKET -> "1;35";
    };
  }

  private String suffix(FileStat stat) {
    if (stat.isDirectory() && (options.has('F') || options.has('p'))) {
      return "/";
    }
    if (!options.has('F')) {
      return "";
    }
    return switch (stat.type()) {
      case REGULAR -> (stat.mode() & 0111) != 0 ? "*" : "";
      case SYMLINK -> "@";
      case FIFO -> "|";
      case SOCKET -> "=";
      case DIRECTORY, CHARACTER, BLOCK -> "";
    };
  }

  /** A file on a line of its own with all that is known of it. */
  String line(Ls.Item item) throws IOException {
    FileStat stat = item.stat();
    StringBuilder line = new StringBuilder(numbers(item));
    line.append(ModeChange.letters(stat)).append(String.format(Locale.ROOT, " %4d ", stat.links()));
    if (!options.has('g')) {
      line.append(padded(accounts.map(it -> it.userName(stat.uid())), stat.uid())).append(' ');
    }
    if (!options.has('o')) {
      line.append(padded(accounts.map(it -> it.groupName(stat.gid())), stat.gid())).append(' ');
    }
    line.append(size(stat)).append(' ').append(date(time(stat))).append(' ');
    line.append(colored(item));
    return stat.isLink() ? line.append(target(item)).toString() : line + suffix(stat);
  }

  private static String padded(Optional<String> name, int number) {
    String shown = name.orElseGet(() -> Integer.toString(number));
    return String.format(Locale.ROOT, "%-8.8s", shown);
  }

  private String size(FileStat stat) {
    if (stat.type() == FileType.CHARACTER || stat.type() == FileType.BLOCK) {
      return String.format(
          Locale.ROOT, "%4d,%4d", stat.deviceNumber() >> 8, stat.deviceNumber() & 0xff);
    }
    return options.has('h')
        ? String.format(Locale.ROOT, "%7s", Quantities.human(stat.size()))
        : String.format(Locale.ROOT, "%9d", stat.size());
  }

  private String date(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    if (options.has("full-time")) {
      return FULL.format(local);
    }
    boolean recent = time.isAfter(now.minus(HALF_A_YEAR)) && time.isBefore(now.plus(SOON));
    return (recent ? RECENT : DISTANT).format(local);
  }

  private String target(Ls.Item item) throws IOException {
    try {
      String target = task.files().readLink(item.path());
      String suffix = "";
      if (options.has('F') && task.files().exists(item.path())) {
        suffix = suffix(task.files().stat(item.path()));
      }
      return " -> " + Screen.printable(target) + suffix;
    } catch (PosixException e) {
      return "";
    }
  }
}
