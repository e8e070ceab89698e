package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;

/** Bash's {@code select}: a menu, from which what is read chooses again and again. */
record SelectLoop(Interpreter shell, CompoundCommands loops, Command.Select loop) {

  private static final int USUAL_WIDTH = 80;
  private static final int TAB = 8;

  /** What stands between a number and its word, and between columns. */
  private static final int BETWEEN = 2;

  int run() throws IOException {
    ShellState state = shell.state();
    state.setLine(loop.line());
    List<String> words =
        loop.words().isPresent() ? shell.expander().fields(loop.words().get()) : state.parameters();
    shell.trace().written("select " + loop.name() + " in " + loop.text());
    if (words.isEmpty()) {
      return 0;
    }
    return loops.looping(() -> choose(words));
  }

  private int choose(List<String> words) throws IOException {
    Variables variables = shell.state().variables();
    boolean shown = false;
    while (true) {
      if (!shown) {
        shell.messages().print(menu(words, width()));
      }
      shell.messages().print(variables.get("PS3", "#? "));
      if (shell.runWithoutFunctions(List.of("read")) != 0) {
        shell.task().print("\n");
        return 1;
      }
      String reply = variables.get("REPLY", "");
      shown = !reply.isEmpty();
      if (shown) {
        variables.set(loop.name(), chosen(words, reply.strip()));
        loops.pass(loop.body());
        shown = !variables.get("REPLY", "").isEmpty();
      }
    }
  }

  private static String chosen(List<String> words, String reply) {
    int number = reply.matches("\\+?[0-9]{1,8}") ? Integer.parseInt(reply) : 0;
    return number > 0 && number <= words.size() ? words.get(number - 1) : "";
  }

  private int width() {
    String columns = shell.state().variables().get("COLUMNS", "");
    return columns.matches("[0-9]{1,6}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /** Words with their numbers, in as many columns as the width has place for. */
  private static String menu(List<String> words, int width) {
    int longest = words.stream().mapToInt(String::length).max().orElse(0);
    int digits = Integer.toString(words.size()).length();
    int cell = longest + digits + 2 * BETWEEN;
    int columns = Math.max(1, width / cell);
    int rows = Math.ceilDiv(words.size(), columns);
    rows = rows == 1 ? words.size() : rows;
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      int place = 0;
      for (int at = row; at < words.size(); at += rows) {
        if (at > row) {
          place += cell;
        }
        int numberWidth = at == row ? Integer.toString(rows).length() : digits;
        String entry = ("%" + numberWidth + "d) %s").formatted(at + 1, words.get(at));
        text.append(entry);
        if (at + rows < words.size()) {
          text.append(gap(place + entry.length(), place + cell));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String gap(int from, int to) {
    StringBuilder gap = new StringBuilder();
    int at = from;
    while (at < to) {
      boolean tab = to / TAB > at / TAB;
      gap.append(tab ? '\t' : ' ');
      at += tab ? TAB - at % TAB : 1;
    }
    return gap.toString();
  }
}
