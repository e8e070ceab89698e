package io.sockerless.backend.core.container;

import io.sockerless.backend.core.MachineMemory;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The processes of a container as {@code ps} prints them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/ps.1.html">ps(1)</a>
 */
final class ProcessTable {

  private static final List<String> FULL =
      List.of("uid", "pid", "ppid", "c", "stime", "tty", "time", "cmd");
  private static final List<String> AUX =
      List.of(
          "user", "pid", "%cpu", "%mem", "vsz", "rss", "tty", "stat", "start", "time", "command");
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("tname", "TTY"),
          Map.entry("tt", "TT"),
          Map.entry("tty", "TTY"),
          Map.entry("cmd", "CMD"),
          Map.entry("args", "COMMAND"),
          Map.entry("comm", "COMMAND"),
          Map.entry("pcpu", "%CPU"),
          Map.entry("pmem", "%MEM"),
          Map.entry("bsdstart", "START"),
          Map.entry("lstart", "STARTED"),
          Map.entry("state", "S"),
          Map.entry("euser", "EUSER"));
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private ProcessTable() {}

  /** The Docker API's {@code Titles} and {@code Processes}. */
  static JsonObject of(ContainerProcess container, List<String> arguments, Instant now) {
    List<Column> columns = columns(arguments);
    JsonArrayBuilder titles = JsonBuilders.array();
    columns.forEach(column -> titles.add(column.title()));
    JsonArrayBuilder processes = JsonBuilders.array();
    for (ProcessInfo process : container.processes()) {
      JsonArrayBuilder row = JsonBuilders.array();
      columns.forEach(column -> row.add(value(column.name(), process, now)));
      processes.add(row);
    }
    return JsonBuilders.object().add("Titles", titles).add("Processes", processes).build();
  }

  private record Column(String name, String title) {
    static Column of(String name) {
      return new Column(name, TITLES.getOrDefault(name, name.toUpperCase(Locale.ROOT)));
    }
  }

  private static List<Column> columns(List<String> arguments) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.matches("-?o|-eo|-Ao|-eao") && i + 1 < arguments.size()) {
        chosen.addAll(List.of(arguments.get(++i).split(",")));
      } else if (argument.startsWith("-o")) {
        chosen.addAll(List.of(argument.substring(2).split(",")));
      }
    }
    if (!chosen.isEmpty()) {
      return named(chosen);
    }
    boolean byUser = arguments.getFirst().matches("-?[ax]*u[ax]*w*");
    return (byUser ? AUX : FULL).stream().map(Column::of).toList();
  }

  private static List<Column> named(List<String> chosen) {
    List<Column> columns = new ArrayList<>();
    for (String text : chosen) {
      String[] parts = text.split("=", 2);
      Column column = Column.of(parts[0]);
      columns.add(
          parts.length == 2 && !parts[1].isEmpty() ? new Column(parts[0], parts[1]) : column);
    }
    if (columns.stream().noneMatch(column -> column.title().equals("PID"))) {
      throw new EngineException.Failure(500, "Couldn't find PID field in ps output");
    }
    return columns;
  }

  private static String value(String column, ProcessInfo process, Instant now) {
    return switch (column) {
      case "pid", "tgid", "lwp", "tid", "spid" -> Integer.toString(process.pid());
      case "ppid" -> Integer.toString(process.parentPid());
      case "user", "euser", "ruser", "uname" -> process.user();
      case "uid", "euid", "ruid" ->
          column.equals("uid") ? process.user() : Integer.toString(process.uid());
      case "c" -> Long.toString(Math.round(cpuShare(process, now)));
      case "%cpu", "pcpu" -> String.format(Locale.ROOT, "%.1f", cpuShare(process, now));
      case "%mem", "pmem" ->
          String.format(Locale.ROOT, "%.1f", process.memory() * 100.0 / MachineMemory.bytes());
      case "vsz", "rss", "rssize", "vsize" -> Long.toString(process.memory() >> 10);
      case "tty", "tt", "tname" -> process.terminal().isEmpty() ? "?" : process.terminal();
      case "stat", "state", "s" -> Character.toString(process.state());
      case "start", "stime", "bsdstart" -> CLOCK.format(process.started());
      case "lstart" -> process.started().toString();
      case "etime" -> time(Duration.between(process.started(), now));
      case "etimes" -> Long.toString(Duration.between(process.started(), now).toSeconds());
      case "time", "cputime" -> time(process.cpu());
      case "cmd", "command", "args" -> String.join(" ", process.command());
      case "comm", "ucmd", "ucomm" -> program(process.command());
      default ->
          throw new EngineException.Failure(
              500, "error: unknown user-defined format specifier \"" + column + "\"");
    };
  }

  private static double cpuShare(ProcessInfo process, Instant now) {
    double alive = Duration.between(process.started(), now).toMillis();
    return alive <= 0 ? 0 : process.cpu().toMillis() * 100 / alive;
  }

  private static String time(Duration time) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static String program(List<String> command) {
    String first = command.isEmpty() ? "" : command.getFirst();
    return first.substring(first.lastIndexOf('/') + 1);
  }
}
