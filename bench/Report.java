import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end, in Markdown. */
final class Report {

  private final List<String[]> rows = new ArrayList<>();

  Report() {
    rows.add(new String[] {"", "us", "daemon", "ratio", "target", ""});
  }

  /** Less is better: a ratio up to {@code target} is met. */
  void atMost(String name, String unit, Rounds rounds, int column, double target) {
    double ratio = rounds.ratio(column);
    compare(name, unit, rounds, column, "≤ " + number(target), verdict(ratio <= target));
  }

  /** More is better: a ratio from {@code target} on is met. */
  void atLeast(String name, String unit, Rounds rounds, int column, double target) {
    double ratio = rounds.ratio(column);
    compare(name, unit, rounds, column, "≥ " + number(target), verdict(ratio >= target));
  }

  /** To be known. */
  void compare(String name, String unit, Rounds rounds, int column) {
    compare(name, unit, rounds, column, "", "");
  }

  private void compare(
      String name, String unit, Rounds rounds, int column, String target, String verdict) {
    add(
        name,
        number(rounds.us(column)) + " " + unit,
        number(rounds.daemon(column)) + " " + unit,
        String.format(Locale.ROOT, "%.2f", rounds.ratio(column)),
        target,
        verdict);
  }

  /** A number of ours alone, with a target. */
  void own(String name, String unit, double value, double target) {
    add(
        name,
        number(value) + " " + unit,
        "",
        "",
        "≤ " + number(target) + " " + unit,
        verdict(value <= target));
  }

  /** Numbers to be known; {@code daemon} may be empty. */
  void show(String name, String us, String daemon) {
    add(name, us, daemon, "", "", "");
  }

  private void add(String... row) {
    rows.add(row);
    System.out.println("  " + String.join("  ", row).strip());
  }

  private static String verdict(boolean met) {
    return met ? "ok" : "MISSED";
  }

  void print() {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    System.out.println();
    for (int i = 0; i < rows.size(); i++) {
      System.out.println(line(rows.get(i), widths));
      if (i == 0) {
        String[] rule = new String[columns];
        for (int j = 0; j < columns; j++) {
          rule[j] = "-".repeat(widths[j]);
        }
        System.out.println(line(rule, widths));
      }
    }
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < row.length; i++) {
      line.append(' ').append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(" |");
    }
    return line.toString();
  }

  /** Three digits are all that a measurement has. */
  static String number(double value) {
    int decimals =
        Math.abs(value) >= 100 || value == Math.rint(value)
            ? 0
            : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
