package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Lists the container's tasks. */
final class Ps extends Utility {

  /**
   * A column.
   *
   * @param width to which its values are filled up; those that are not numbers are cut, too
   */
  private record Column(String title, int width, boolean number, Function<Task, String> value) {

    static Column number(String title, int width, Function<Task, String> value) {
      return new Column(title, width, true, value);
    }

    static Column text(String title, int width, Function<Task, String> value) {
      return new Column(title, width, false, value);
    }

    Column titled(String other) {
      return new Column(other, other.isEmpty() ? width : other.length(), number, value);
    }

    /** A value as wide as the column; the last one of a line may be wider. */
    String format(String text, boolean last) {
      if (last && !number) {
        return text;
      }
      String pattern = number ? "%" + width + "s" : "%-" + width + "." + width + "s";
      return String.format(Locale.ROOT, pattern, text);
    }
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = task.arguments().subList(1, task.arguments().size());
    if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
      arguments = List.of();
    }
    Options options = Options.parse(arguments, 1, "o:aAdefFlTwx");
    Accounts accounts = Accounts.of(task.files());
    List<Column> columns = new ArrayList<>();
    List<String> asked = options.values("o");
    for (String list : asked.isEmpty() ? List.of("pid,user,time,args") : asked) {
      for (String part : list.split("[, ]+", -1)) {
        columns.add(column(accounts, part));
      }
    }
    int width = Screen.isTerminal(task, 1) ? Screen.width(task) : Integer.MAX_VALUE;
    if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
      print(output, columns, (column, last) -> padded(column.title(), column.width()), width);
    }
    for (Task each : task.kernel().processes().tasks()) {
      print(
          output,
          columns,
          (column, last) -> column.format(column.value().apply(each), last),
          width);
    }
    return 0;
  }

  private static String padded(String title, int width) {
    return title + " ".repeat(Math.max(0, width - title.length()));
  }

  private static void print(
      Output output, List<Column> columns, BiFunction<Column, Boolean, String> text, int width)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      boolean last = i == columns.size() - 1;
      line.append(line.isEmpty() ? "" : " ").append(text.apply(columns.get(i), last));
    }
    String shown = Screen.printable(line.toString().stripTrailing());
    output.printLine(shown.length() > width ? shown.substring(0, width) : shown);
  }

  private static Column column(Accounts accounts, String part) throws Failure {
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    Column column =
        switch (name) {
          case "pid" -> Column.number("PID", 5, it -> Integer.toString(it.pid()));
          case "ppid" -> Column.number("PPID", 5, it -> Integer.toString(it.parentPid()));
          case "pgid" -> Column.number("PGID", 5, it -> Integer.toString(it.group()));
          case "sid" -> Column.number("SID", 5, it -> Integer.toString(it.session()));
          case "user", "ruser" ->
              Column.text("USER", 8, it -> accounts.userName(Processes.user(it)));
          case "group", "rgroup" ->
              Column.text("GROUP", 8, it -> accounts.groupName(it.files().credentials().gid()));
          case "comm" -> Column.text("COMMAND", 16, Processes::name);
          case "args" -> Column.text("COMMAND", 25, Processes::commandLine);
          case "time" -> Column.number("TIME", 5, it -> minutes(it.cpu()));
          case "etime" ->
              Column.number(
                  "ELAPSED", 7, it -> minutes(Duration.between(it.started(), Instant.now())));
          case "tty" -> Column.text("TT", 6, it -> it.terminal().isPresent() ? "136,0" : "?");
          case "stat" -> Column.text("STAT", 4, it -> String.valueOf(it.state()));
          case "nice" -> Column.number("NI", 5, it -> "0");
          case "vsz" -> Column.number("VSZ", 4, Ps::memory);
          case "rss" -> Column.number("RSS", 4, Ps::memory);
          default ->
              throw new Failure(
                  "bad -o argument '"
                      + name
                      + "', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,"
                      + "rgroup,ruser,time,tty,vsz,sid,stat,rss");
        };
    return equals < 0 ? column : column.titled(part.substring(equals + 1));
  }

  /** In KiB, in MiB where these would be too many. */
  static String memory(Task task) {
    long kibibytes = task.memory() >> 10;
    return kibibytes > 9_999 ? (kibibytes >> 10) + "m" : Long.toString(kibibytes);
  }

  private static String minutes(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
