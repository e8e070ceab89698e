package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Globs;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What {@code find} can ask about a file. */
final class FindTests {

  /** The tests that have an argument. */
  static final Set<String> TAKING =
      Set.of(
          "-name",
          "-iname",
          "-path",
          "-wholename",
          "-ipath",
          "-iwholename",
          "-regex",
          "-iregex",
          "-type",
          "-perm",
          "-mtime",
          "-atime",
          "-ctime",
          "-mmin",
          "-amin",
          "-cmin",
          "-newer",
          "-anewer",
          "-cnewer",
          "-size",
          "-user",
          "-group",
          "-uid",
          "-gid",
          "-links",
          "-inum",
          "-samefile",
          "-fstype");

  private static final int BLOCK = 512;

  private final Task task;
  private final Accounts accounts;
  private final Instant now = Instant.now();

  FindTests(Task task) {
    this.task = task;
    this.accounts = Accounts.of(task.files());
  }

  /** The test of a word; none if there is no such test. */
  Optional<FindParser.Expression> of(String word, String argument) throws IOException {
    return Optional.ofNullable(
        switch (word) {
          case "-name" -> name(argument, false);
          case "-iname" -> name(argument, true);
          case "-path", "-wholename" -> path(argument, false);
          case "-ipath", "-iwholename" -> path(argument, true);
          case "-regex" -> regex(argument, EnumSet.noneOf(PosixRegex.Flag.class));
          case "-iregex" -> regex(argument, EnumSet.of(PosixRegex.Flag.IGNORE_CASE));
          case "-type" -> type(argument);
          case "-perm" -> permissions(argument);
          case "-mtime" -> age(argument, FileStat::modified, Duration.ofDays(1));
          case "-atime" -> age(argument, FileStat::accessed, Duration.ofDays(1));
          case "-ctime" -> age(argument, FileStat::changed, Duration.ofDays(1));
          case "-mmin" -> age(argument, FileStat::modified, Duration.ofMinutes(1));
          case "-amin" -> age(argument, FileStat::accessed, Duration.ofMinutes(1));
          case "-cmin" -> age(argument, FileStat::changed, Duration.ofMinutes(1));
          case "-newer" -> newer(argument, FileStat::modified);
          case "-anewer" -> newer(argument, FileStat::accessed);
          case "-cnewer" -> newer(argument, FileStat::changed);
          case "-size" -> size(argument);
          case "-links" -> number(argument, FileStat::links);
          case "-inum" -> number(argument, FileStat::inode);
          case "-uid" -> number(argument, FileStat::uid);
          case "-gid" -> number(argument, FileStat::gid);
          default -> whose(word, argument);
        });
  }

  private FindParser.@Nullable Expression whose(String word, String argument) throws IOException {
    return switch (word) {
      case "-user" -> {
        int uid = accounts.uid(argument);
        yield entry -> entry.stat().uid() == uid;
      }
      case "-group" -> {
        int gid = accounts.gid(argument);
        yield entry -> entry.stat().gid() == gid;
      }
      case "-nouser" -> entry -> accounts.user(entry.stat().uid()).isEmpty();
      case "-nogroup" -> entry -> accounts.group(entry.stat().gid()).isEmpty();
      case "-samefile" -> {
        FileStat other = stat(argument);
        yield entry -> entry.stat().isSameFile(other);
      }
      case "-fstype" ->
          entry -> {
            String path = task.files().locate(entry.path(), false).path();
            return task.files().mounts().of(path).tree().type().equals(argument);
          };
      case "-empty" -> this::isEmpty;
      case "-executable" -> entry -> task.files().access(entry.path(), 1);
      case "-readable" -> entry -> task.files().access(entry.path(), 4);
      case "-writable" -> entry -> task.files().access(entry.path(), 2);
      case "-true" -> entry -> true;
      case "-false" -> entry -> false;
      default -> null;
    };
  }

  private static FindParser.Expression name(String pattern, boolean ignoreCase) {
    return entry -> matches(pattern, Strings.lastName(entry.path()), ignoreCase);
  }

  private static FindParser.Expression path(String pattern, boolean ignoreCase) {
    return entry -> matches(pattern, entry.path(), ignoreCase);
  }

  private static boolean matches(String pattern, String name, boolean ignoreCase) {
    return ignoreCase
        ? Globs.matches(pattern.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
        : Globs.matches(pattern, name);
  }

  private static FindParser.Expression regex(String pattern, Set<PosixRegex.Flag> flags)
      throws Failure {
    try {
      PosixRegex regex = PosixRegex.compile("^\\(" + pattern + "\\)$", flags);
      return entry -> {
        Optional<Match> match = regex.find(entry.path());
        return match.isPresent();
      };
    } catch (InvalidRegexException e) {
      throw Failure.of(1, "bad regex '" + pattern + "'", new IOException(e.getMessage(), e));
    }
  }

  private static FindParser.Expression type(String letters) throws Failure {
    Set<FileType> types = EnumSet.noneOf(FileType.class);
    for (String letter : letters.split(",", -1)) {
      FileType type =
          switch (letter) {
            case "f" -> FileType.REGULAR;
            case "d" -> FileType.DIRECTORY;
            case "l" -> FileType.SYMLINK;
            case "p" -> FileType.FIFO;
            case "c" -> FileType.CHARACTER;
            case "b" -> FileType.BLOCK;
            case "s" -> FileType.SOCKET;
            default -> throw new Failure("invalid argument '" + letters + "' to '-type'");
          };
      types.add(type);
    }
    return entry -> types.contains(entry.stat().type());
  }

  private static FindParser.Expression permissions(String text) throws Failure {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    boolean any =
        first == '/' || (first == '+' && text.length() > 1 && Character.isDigit(text.charAt(1)));
    boolean all = first == '-';
    int bits = ModeChange.parse(any || all ? text.substring(1) : text).apply(0, false, 0);
    if (any) {
      return entry -> bits == 0 || (entry.stat().mode() & bits) != 0;
    }
    return all
        ? entry -> (entry.stat().mode() & bits) == bits
        : entry -> entry.stat().mode() == bits;
  }

  /** A number to be compared with: more than {@code +n}, less than {@code -n}, else equal. */
  private record Bound(char sign, long number) {
    static Bound of(String text) throws Failure {
      char sign = text.isEmpty() ? ' ' : text.charAt(0);
      boolean signed = sign == '+' || sign == '-';
      Optional<Long> number = Quantities.parse(signed ? text.substring(1) : text, 10);
      return new Bound(signed ? sign : '=', number.orElseThrow(() -> Quantities.invalid(text)));
    }

    boolean test(long value) {
      return switch (sign) {
        case '+' -> value > number;
        case '-' -> value < number;
        default -> value == number;
      };
    }
  }

  private static FindParser.Expression number(String text, ToLongFunction<FileStat> value)
      throws Failure {
    Bound bound = Bound.of(text);
    return entry -> bound.test(value.applyAsLong(entry.stat()));
  }

  private FindParser.Expression age(String text, Function<FileStat, Instant> time, Duration unit)
      throws Failure {
    Bound bound = Bound.of(text);
    return entry -> {
      long seconds = Duration.between(time.apply(entry.stat()), now).toSeconds();
      return bound.test(Math.floorDiv(seconds, unit.toSeconds()));
    };
  }

  private FindParser.Expression newer(String path, Function<FileStat, Instant> time)
      throws IOException {
    Instant other = stat(path).modified();
    return entry -> time.apply(entry.stat()).isAfter(other);
  }

  private FileStat stat(String path) throws IOException {
    try {
      return task.files().stat(path);
    } catch (PosixException e) {
      throw Failure.of(1, "can't stat '" + path + "'", e);
    }
  }

  private static FindParser.Expression size(String text) throws Failure {
    String digits = text;
    long unit = BLOCK;
    if (!text.isEmpty()) {
      unit =
          switch (text.charAt(text.length() - 1)) {
            case 'c' -> 1;
            case 'w' -> 2;
            case 'k' -> 1_024;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> BLOCK;
          };
      boolean suffixed = "cwbkMG".indexOf(text.charAt(text.length() - 1)) >= 0;
      digits = suffixed ? text.substring(0, text.length() - 1) : text;
    }
    long each = unit;
    Bound bound;
    try {
      bound = Bound.of(digits);
    } catch (Failure e) {
      Failure failure = Quantities.invalid(text);
      failure.initCause(e);
      throw failure;
    }
    Bound inBytes = new Bound(bound.sign(), bound.number() * each);
    return entry -> inBytes.test(entry.stat().size());
  }

  private boolean isEmpty(TreeWalk.Entry entry) throws IOException {
    if (entry.stat().isDirectory()) {
      try {
        return task.files().list(entry.path()).isEmpty();
      } catch (PosixException e) {
        return false;
      }
    }
    return entry.stat().isRegular() && entry.stat().size() == 0;
  }
}
