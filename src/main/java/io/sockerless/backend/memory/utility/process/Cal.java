package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a month's or a year's calendar. */
final class Cal extends Utility {

  private static final int WIDTH = 20;
  private static final int ROWS = 6;
  private static final int YEARS = 9_999;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "jyn:m");
    List<String> operands = options.operands(0, 2);
    LocalDate today = LocalDate.ofInstant(Instant.now(), TimeZones.of(task));
    if (operands.size() == 2) {
      int month = Numbers.integer(operands.get(0), 1, 12);
      print(output, YearMonth.of(Numbers.integer(operands.get(1), 1, YEARS), month));
    } else if (operands.isEmpty() && !options.has('y')) {
      print(output, YearMonth.from(today));
    } else {
      year(
          output,
          operands.isEmpty() ? today.getYear() : Numbers.integer(operands.getFirst(), 1, YEARS));
    }
    return 0;
  }

  private static String title(YearMonth month, boolean year) {
    String name = month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return year ? name + " " + month.getYear() : name;
  }

  private static String centered(String text, int width) {
    return " ".repeat(Math.max(0, (width - text.length()) / 2)) + text;
  }

  private static List<String> weeks(YearMonth month) {
    List<String> weeks = new ArrayList<>();
    int column = month.atDay(1).getDayOfWeek().getValue() % 7;
    StringBuilder week = new StringBuilder("   ".repeat(column));
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      week.append(String.format(Locale.ROOT, "%2d ", day));
      column++;
      if (column == 7) {
        weeks.add(week.toString().stripTrailing());
        week.setLength(0);
        column = 0;
      }
    }
    if (column > 0) {
      weeks.add(week.toString().stripTrailing());
    }
    return weeks;
  }

  private static void print(Output output, YearMonth month) throws IOException {
    output.printLine(centered(title(month, true), WIDTH));
    output.printLine("Su Mo Tu We Th Fr Sa");
    List<String> weeks = weeks(month);
    for (int row = 0; row < ROWS; row++) {
      output.printLine(row < weeks.size() ? weeks.get(row) : " ".repeat(WIDTH + 1));
    }
  }

  private static void year(Output output, int year) throws IOException {
    output.printLine(centered(Integer.toString(year), 3 * WIDTH + 4) + "\n");
    for (int first = 1; first <= 12; first += 3) {
      StringBuilder titles = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        titles.append(pad(centered(title(YearMonth.of(year, first + i), false), WIDTH)));
      }
      output.printLine(titles.toString().stripTrailing());
      output.printLine(pad("Su Mo Tu We Th Fr Sa").repeat(3).stripTrailing());
      for (int row = 0; row < ROWS; row++) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 3; i++) {
          List<String> weeks = weeks(YearMonth.of(year, first + i));
          line.append(pad(row < weeks.size() ? weeks.get(row) : ""));
        }
        output.printLine(line.toString().stripTrailing());
      }
    }
  }

  private static String pad(String text) {
    return String.format(Locale.ROOT, "%-22s", text);
  }
}
