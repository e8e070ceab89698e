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
import java.util.function.Function;

/** Lists the container's tasks. */
final class Ps extends Utility {

  private record Column(String name, String title, int width, Function<Task, String> value) {}

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
    print(output, columns, Column::title, width);
    for (Task each : task.kernel().tasks()) {
      print(output, columns, column -> column.value().apply(each), width);
    }
    return 0;
  }

  private static void print(
      Output output, List<Column> columns, Function<Column, String> text, int width)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      boolean last = i == columns.size() - 1;
      Column column = columns.get(i);
      String value = text.apply(column);
      line.append(last ? value : String.format(Locale.ROOT, "%-" + column.width() + "s ", value));
    }
    String shown = Screen.printable(line.toString());
    output.printLine(shown.length() > width ? shown.substring(0, width) : shown);
  }

  private static Column column(Accounts accounts, String part) throws Failure {
    int equals = part.indexOf('=');
    String name = equals < 0 ? part : part.substring(0, equals);
    Column column =
        switch (name) {
          case "pid" -> new Column(name, "PID", 5, it -> Integer.toString(it.pid()));
          case "ppid" -> new Column(name, "PPID", 5, it -> Integer.toString(it.parentPid()));
          case "pgid" -> new Column(name, "PGID", 5, it -> Integer.toString(it.group()));
          case "sid" -> new Column(name, "SID", 5, it -> Integer.toString(it.session()));
          case "user", "ruser" ->
              new Column(name, "USER", 8, it -> accounts.userName(Processes.user(it)));
          case "group", "rgroup" ->
              new Column(
                  name, "GROUP", 8, it -> accounts.groupName(it.files().credentials().gid()));
          case "comm" -> new Column(name, "COMMAND", 16, Processes::name);
          case "args" -> new Column(name, "COMMAND", 25, Processes::commandLine);
          case "time" -> new Column(name, "TIME", 5, it -> minutes(it.cpu()));
          case "etime" ->
              new Column(
                  name, "ELAPSED", 7, it -> minutes(Duration.between(it.started(), Instant.now())));
          case "tty" -> new Column(name, "TT", 6, it -> it.terminal().isPresent() ? "136,0" : "?");
          case "stat" -> new Column(name, "STAT", 4, it -> String.valueOf(it.state()));
          case "nice" -> new Column(name, "NI", 5, it -> "0");
          case "vsz" -> new Column(name, "VSZ", 4, it -> "0");
          case "rss" -> new Column(name, "RSS", 4, it -> "0");
          default ->
              throw new Failure(
                  "bad -o argument '"
                      + name
                      + "', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,"
                      + "rgroup,ruser,time,tty,vsz,sid,stat,rss");
        };
    return equals < 0
        ? column
        : new Column(name, part.substring(equals + 1), column.width(), column.value());
  }

  private static String minutes(Duration time) {
    return String.format(Locale.ROOT, "%3d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
