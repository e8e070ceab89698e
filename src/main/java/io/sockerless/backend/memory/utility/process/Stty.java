package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.TerminalSettings;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows and changes how the terminal treats input and output. */
final class Stty extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    Optional<Terminal> found = Screen.of(task, 0);
    boolean isFile = words.size() > 1 && words.getFirst().equals("-F");
    if (isFile) {
      words.subList(0, 2).clear();
    }
    Terminal terminal =
        found
            .or(() -> isFile ? task.terminal() : Optional.empty())
            .orElseThrow(() -> new Failure("standard input: Not a tty"));
    if (words.isEmpty() || words.equals(List.of("-a"))) {
      show(output, terminal, !words.isEmpty());
      return 0;
    }
    if (words.equals(List.of("-g"))) {
      output.printLine(encode(terminal.settings()));
      return 0;
    }
    change(output, terminal, words);
    return 0;
  }

  private static void change(Output output, Terminal terminal, List<String> words)
      throws IOException {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "size" -> output.printLine(terminal.rows() + " " + terminal.columns());
        case "speed" -> output.printLine("38400");
        case "rows", "cols", "columns", "min", "time" -> {
          if (i + 1 == words.size()) {
            throw new Failure("missing argument to '" + word + "'");
          }
          number(terminal, word, Quantities.small(words.get(++i)));
        }
        default -> terminal.setSettings(setting(terminal.settings(), word));
      }
    }
  }

  private static void number(Terminal terminal, String word, int number) {
    TerminalSettings now = terminal.settings();
    switch (word) {
      case "rows" -> terminal.resize(number, terminal.columns());
      case "cols", "columns" -> terminal.resize(terminal.rows(), number);
      default ->
          terminal.setSettings(
              new TerminalSettings(
                  now.canonical(),
                  now.echo(),
                  now.signals(),
                  now.returnToNewline(),
                  now.processOutput(),
                  word.equals("min") ? number : now.minimum(),
                  word.equals("time") ? number : now.timeout()));
    }
  }

  private static TerminalSettings setting(TerminalSettings now, String word) throws Failure {
    boolean on = !word.startsWith("-");
    String name = on ? word : word.substring(1);
    boolean canonical = now.canonical();
    boolean echo = now.echo();
    boolean signals = now.signals();
    boolean newline = now.returnToNewline();
    boolean output = now.processOutput();
    switch (name) {
      case "sane", "cooked" -> {
        return on || name.equals("sane") ? TerminalSettings.SANE : raw(now);
      }
      case "raw" -> {
        return on ? raw(now) : TerminalSettings.SANE;
      }
      case "cbreak" -> canonical = !on;
      case "icanon" -> canonical = on;
      case "echo" -> echo = on;
      case "isig" -> signals = on;
      case "icrnl" -> newline = on;
      case "opost", "onlcr" -> output = on;
      case "echoe",
          "echok",
          "echonl",
          "echoctl",
          "echoke",
          "iexten",
          "ixon",
          "ixoff",
          "brkint",
          "ignbrk",
          "istrip",
          "inlcr",
          "igncr",
          "iutf8",
          "crtscts",
          "cread",
          "hupcl",
          "tostop",
          "ctlecho",
          "crterase",
          "crtkill",
          "parenb",
          "cs8",
          "imaxbel",
          "ignpar",
          "inpck" -> {}
      default -> {
        return decode(word);
      }
    }
    return new TerminalSettings(
        canonical, echo, signals, newline, output, now.minimum(), now.timeout());
  }

  private static TerminalSettings raw(TerminalSettings now) {
    return new TerminalSettings(false, now.echo(), false, false, false, 1, 0);
  }

  /** The settings in a word that {@code stty} takes back. */
  private static String encode(TerminalSettings now) {
    return String.join(
        ":",
        flag(now.canonical()),
        flag(now.echo()),
        flag(now.signals()),
        flag(now.returnToNewline()),
        flag(now.processOutput()),
        Integer.toHexString(now.minimum()),
        Integer.toHexString(now.timeout()));
  }

  private static String flag(boolean on) {
    return on ? "1" : "0";
  }

  private static TerminalSettings decode(String word) throws Failure {
    if (!word.matches("([01]:){5}[0-9a-f]{1,4}:[0-9a-f]{1,4}")) {
      throw new Failure("invalid argument '" + word + "'");
    }
    String[] parts = word.split(":", -1);
    return new TerminalSettings(
        parts[0].equals("1"),
        parts[1].equals("1"),
        parts[2].equals("1"),
        parts[3].equals("1"),
        parts[4].equals("1"),
        Integer.parseInt(parts[5], 16),
        Integer.parseInt(parts[6], 16));
  }

  private static void show(Output output, Terminal terminal, boolean all) throws IOException {
    TerminalSettings now = terminal.settings();
    output.print("speed 38400 baud;");
    if (all) {
      output.print(" rows " + terminal.rows() + "; columns " + terminal.columns() + ";");
      output.print("\nintr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; susp = ^Z;");
      output.print(" min = " + now.minimum() + "; time = " + now.timeout() + ";");
    }
    output.print("\n");
    output.printLine(
        String.join(
            " ",
            sign(now.signals()) + "isig",
            sign(now.canonical()) + "icanon",
            sign(now.echo()) + "echo",
            sign(now.returnToNewline()) + "icrnl",
            sign(now.processOutput()) + "opost"));
  }

  private static String sign(boolean on) {
    return on ? "" : "-";
  }
}
