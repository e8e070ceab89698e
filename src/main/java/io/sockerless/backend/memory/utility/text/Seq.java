package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code seq}: numbers in a row. */
public final class Seq extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(numbersLast(task), 1, "+ws:f:", "separator=s", "format=f", "equal-width=w");
    List<String> numbers = options.operands(1, 3);
    BigDecimal first = numbers.size() > 1 ? number(numbers.get(0)) : BigDecimal.ONE;
    BigDecimal step = numbers.size() > 2 ? number(numbers.get(1)) : BigDecimal.ONE;
    BigDecimal last = number(numbers.getLast());
    if (step.signum() == 0) {
      throw new Failure("invalid zero increment");
    }
    Format format = new Format(options, first, step, last);
    String separator = options.value('s').orElse("\n");
    boolean any = false;
    for (BigDecimal value = first;
        step.signum() > 0 ? value.compareTo(last) <= 0 : value.compareTo(last) >= 0;
        value = value.add(step)) {
      output.print(any ? separator + format.text(value) : format.text(value));
      any = true;
    }
    if (any) {
      output.write('\n');
    }
    return 0;
  }

  /** A negative number is an operand and no option. */
  private static List<String> numbersLast(Task task) {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.matches("-[0-9.].*")) {
        arguments.add(i, "--");
      }
      if (argument.matches("-[0-9.].*|[^-].*")) {
        break;
      }
    }
    return arguments;
  }

  private static BigDecimal number(String text) throws Failure {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new Failure("invalid number '" + text + "'");
    }
  }

  /** How a number is written: by {@code -f}, or with the digits that the numbers given have. */
  private static final class Format {
    private final Optional<PrintfFormat> printf;
    private final int scale;
    private final int width;

    Format(Options options, BigDecimal first, BigDecimal step, BigDecimal last) throws Failure {
      this.printf =
          options.value('f').isPresent()
              ? Optional.of(PrintfFormat.parse(Text.encode(options.value('f').get())))
              : Optional.empty();
      this.scale = Math.max(0, Math.max(first.scale(), step.scale()));
      int widest = Math.max(plain(first).length(), plain(last).length());
      this.width = options.has('w') ? widest : 0;
    }

    String text(BigDecimal value) throws IOException {
      if (printf.isPresent()) {
        return Text.decode(printf.get().format(List.of(value.toPlainString())).bytes());
      }
      String digits = plain(value);
      int missing = Math.max(0, width - digits.length());
      boolean negative = digits.startsWith("-");
      return (negative ? "-" : "") + "0".repeat(missing) + digits.substring(negative ? 1 : 0);
    }

    private String plain(BigDecimal value) {
      return value.setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
    }
  }
}
