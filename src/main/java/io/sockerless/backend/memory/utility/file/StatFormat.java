package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.TimeZones;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in the letters of a format of {@code stat -c}. */
record StatFormat(String format, Values values) {

  private static final Pattern DIRECTIVE =
      Pattern.compile("%([-+ #0']*)(\\d{0,4})(?:\\.(\\d{0,4}))?([A-Za-z%]|$)");
  private static final int BLOCK = 4_096;

  /** What the letters stand for. */
  sealed interface Values {
    /** The value of a letter; the letter itself if it stands for nothing. */
    String of(char letter) throws IOException;
  }

  /** The text with all values in it. */
  String expand() throws IOException {
    Matcher matcher = DIRECTIVE.matcher(format);
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      text.append(format, from, matcher.start());
      from = matcher.end();
      String letter = matcher.group(4);
      text.append(letter.isEmpty() || letter.equals("%") ? "%" : value(matcher));
    }
    return text.append(format.substring(from)).toString();
  }

  private String value(Matcher matcher) throws IOException {
    String value = values.of(matcher.group(4).charAt(0));
    if (matcher.group(3) != null && !matcher.group(3).isEmpty()) {
      int most = Integer.parseInt(matcher.group(3));
      value = value.length() > most ? value.substring(0, most) : value;
    }
    String flags = matcher.group(1);
    int width = matcher.group(2).isEmpty() ? 0 : Integer.parseInt(matcher.group(2));
    int missing = width - value.length();
    if (missing <= 0) {
      return value;
    }
    if (flags.contains("-")) {
      return value + " ".repeat(missing);
    }
    return (flags.contains("0") ? "0" : " ").repeat(missing) + value;
  }

  /** What {@code --printf} makes of backslashes. */
  static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
  }

  /**
   * A file's values.
   *
   * @param quoted whether a link's name is shown with what it leads to in quotes
   */
  record FileValues(
      Task task, Accounts accounts, String path, FileStat stat, String mount, boolean quoted)
      implements Values {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn xx", Locale.ROOT);

    @Override
    public String of(char letter) throws IOException {
      return switch (letter) {
        case 'A' -> ModeChange.letters(stat);
        case 'a' -> Integer.toOctalString(stat.mode());
        case 'B' -> "512";
        case 'b' -> Long.toString(LsLines.kilobytes(stat) * 2);
        case 'D' -> Long.toHexString(stat.device());
        case 'd' -> Long.toString(stat.device());
        case 'F' -> kind();
        case 'f' -> Integer.toHexString(stat.type().bits() | stat.mode());
        case 'G' -> accounts.group(stat.gid()).map(Accounts.Group::name).orElse("UNKNOWN");
        case 'g' -> Integer.toString(stat.gid());
        case 'h' -> Integer.toString(stat.links());
        case 'i' -> Long.toString(stat.inode());
        case 'm' -> mount;
        case 'N' -> name();
        case 'n' -> path;
        case 'o' -> Integer.toString(BLOCK);
        case 'Q' -> device();
        case 's' -> Long.toString(stat.size());
        case 'T' -> Long.toHexString(stat.deviceNumber() & 0xff);
        case 't' -> Long.toHexString(stat.deviceNumber() >> 8);
        case 'U' -> accounts.user(stat.uid()).map(Accounts.User::name).orElse("UNKNOWN");
        case 'u' -> Integer.toString(stat.uid());
        case 'X' -> Long.toString(stat.accessed().getEpochSecond());
        case 'x' -> time(stat.accessed());
        case 'Y', 'W' -> Long.toString(stat.modified().getEpochSecond());
        case 'y', 'w' -> time(stat.modified());
        case 'Z' -> Long.toString(stat.changed().getEpochSecond());
        case 'z' -> time(stat.changed());
        default -> String.valueOf(letter);
      };
    }

    private String time(Instant instant) {
      ZoneId zone = TimeZones.of(task);
      return TIME.format(instant.atZone(zone));
    }

    private String name() throws IOException {
      if (!stat.isLink()) {
        return path;
      }
      return "'" + path + "' -> '" + task.files().readLink(path) + "'";
    }

    private String device() {
      boolean device = stat.type() == FileType.CHARACTER || stat.type() == FileType.BLOCK;
      return device && quoted
          ? " Device type: "
              + of10(stat.deviceNumber() >> 8)
              + ","
              + of10(stat.deviceNumber() & 0xff)
          : "";
    }

    private static String of10(long number) {
      return Long.toString(number);
    }

    private String kind() {
      return switch (stat.type()) {
        case REGULAR -> stat.size() == 0 ? "regular empty file" : "regular file";
        case DIRECTORY -> "directory";
        case SYMLINK -> "symbolic link";
        case FIFO -> "fifo";
        case CHARACTER -> "character special file";
        case BLOCK -> "block special file";
        case SOCKET -> "socket";
      };
    }
  }

  /** A file system's values. */
  record SystemValues(String path, FileStat stat, String type, FileTree.Usage usage)
      implements Values {

    private static final int NAME_LENGTH = 255;

    @Override
    public String of(char letter) {
      return switch (letter) {
        case 'a', 'f' -> Long.toString(usage.free() / BLOCK);
        case 'b' -> Long.toString(usage.total() / BLOCK);
        case 'c' -> Long.toString(usage.files() + usage.freeFiles());
        case 'd' -> Long.toString(usage.freeFiles());
        case 'i' -> Long.toHexString(stat.device());
        case 'l' -> Integer.toString(NAME_LENGTH);
        case 'n' -> path;
        case 'S', 's' -> Integer.toString(BLOCK);
        case 'T' -> type.equals("overlay") ? "overlayfs" : type;
        case 't' -> type.equals("overlay") ? "794c7630" : "1021994";
        default -> String.valueOf(letter);
      };
    }
  }
}
