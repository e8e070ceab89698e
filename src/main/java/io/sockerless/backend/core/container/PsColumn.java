package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.MachineMemory;
import io.sockerless.backend.core.driver.ProcessInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A column of {@code ps}.
 *
 * @param title what stands above it
 * @see <a href="https://man7.org/linux/man-pages/man1/ps.1.html">ps(1), standard format
 *     specifiers</a>
 */
record PsColumn(String title, Value value) {

  /** What a column says of a process. */
  interface Value {
    String of(ProcessInfo process, Instant now);
  }

  private static final int PAGE = 4_096;

  /** What Linux gives a process that asks for no other priority. */
  private static final String PRIORITY = "80";

  private static final DateTimeFormatter CLOCK = formatter("HH:mm");
  private static final DateTimeFormatter SECONDS = formatter("HH:mm:ss");
  private static final DateTimeFormatter DATE = formatter("EEE MMM ppd HH:mm:ss yyyy");
  private static final Map<String, PsColumn> BY_NAME = new HashMap<>();

  static {
    for (String name : new String[] {"pid", "tgid", "lwp", "tid", "spid"}) {
      add(upper(name), (process, now) -> Integer.toString(process.pid()), name);
    }
    add("PPID", (process, now) -> Integer.toString(process.parentPid()), "ppid");
    add("USER", (process, now) -> process.user(), "user", "uname");
    add("EUSER", (process, now) -> process.user(), "euser");
    add("RUSER", (process, now) -> process.user(), "ruser");
    for (String name : new String[] {"uid", "euid", "ruid"}) {
      add(upper(name), (process, now) -> Integer.toString(process.uid()), name);
    }
    addUse();
    addTimes();
    addCommands();
  }

  private static void addUse() {
    add("C", (process, now) -> Long.toString((long) cpuShare(process, now)), "c");
    add(
        "%CPU",
        (process, now) -> String.format(Locale.ROOT, "%.1f", cpuShare(process, now)),
        "%cpu",
        "pcpu");
    add(
        "%MEM",
        (process, now) ->
            String.format(Locale.ROOT, "%.1f", process.memory() * 100.0 / MachineMemory.bytes()),
        "%mem",
        "pmem");
    add("VSZ", (process, now) -> Long.toString(process.memory() >> 10), "vsz", "vsize");
    add("RSS", (process, now) -> Long.toString(process.memory() >> 10), "rss", "rssize", "rsz");
    add("SZ", (process, now) -> Long.toString(process.memory() / PAGE), "sz");
    add("TT", PsColumn::terminal, "tty", "tt");
    add("TTY", PsColumn::terminal, "tname");
    add("STAT", (process, now) -> Character.toString(process.state()), "stat");
    add("S", (process, now) -> Character.toString(process.state()), "state", "s");
    add("NI", (process, now) -> "0", "ni", "nice");
    add("PRI", (process, now) -> PRIORITY, "pri", "priority");
    add("PSR", (process, now) -> "0", "psr");
    add("F", (process, now) -> "0", "f", "flags");
    add("NLWP", (process, now) -> "1", "nlwp");
    add("ADDR", (process, now) -> "-", "addr");
    add("WCHAN", (process, now) -> "-", "wchan");
    add("LABEL", (process, now) -> "-", "label");
  }

  private static void addTimes() {
    add("STARTED", (process, now) -> SECONDS.format(process.started()), "start");
    add("STIME", (process, now) -> CLOCK.format(process.started()), "stime");
    add("START", (process, now) -> CLOCK.format(process.started()), "bsdstart", "start_time");
    add("STARTED", (process, now) -> DATE.format(process.started()), "lstart");
    add("ELAPSED", (process, now) -> elapsed(Duration.between(process.started(), now)), "etime");
    add(
        "ELAPSED",
        (process, now) -> Long.toString(Duration.between(process.started(), now).toSeconds()),
        "etimes");
    add("TIME", (process, now) -> hours(process.cpu()), "time", "cputime");
    add("TIME", (process, now) -> minutes(process.cpu()), "bsdtime");
    add("TIME", (process, now) -> Long.toString(process.cpu().toSeconds()), "times");
  }

  private static void addCommands() {
    Value line = (process, now) -> String.join(" ", process.command());
    Value program = (process, now) -> program(process);
    add("CMD", line, "cmd");
    add("COMMAND", line, "args", "command");
    add("COMMAND", program, "comm", "ucomm", "fname");
    add("CMD", program, "ucmd");
  }

  private static void add(String title, Value value, String... names) {
    for (String name : names) {
      BY_NAME.put(name, new PsColumn(title, value));
    }
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  /** The column of a format specifier. */
  static Optional<PsColumn> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The same under another title. */
  PsColumn titled(String other) {
    return new PsColumn(other, value);
  }

  private static String terminal(ProcessInfo process, Instant now) {
    return process.terminal().isEmpty() ? "?" : process.terminal();
  }

  private static double cpuShare(ProcessInfo process, Instant now) {
    double alive = Duration.between(process.started(), now).toMillis();
    return alive <= 0 ? 0 : process.cpu().toMillis() * 100 / alive;
  }

  private static String hours(Duration time) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static String minutes(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  private static String elapsed(Duration time) {
    String days = time.toDays() > 0 ? time.toDays() + "-" : "";
    String hours =
        time.toHours() > 0 ? String.format(Locale.ROOT, "%02d:", time.toHoursPart()) : "";
    return days
        + hours
        + String.format(Locale.ROOT, "%02d:%02d", time.toMinutesPart(), time.toSecondsPart());
  }

  private static String program(ProcessInfo process) {
    String first = process.command().isEmpty() ? "" : process.command().getFirst();
    return first.substring(first.lastIndexOf('/') + 1);
  }
}
