package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code expr}: computes an expression whose operands and operators are arguments.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/expr.html">expr</a>
 */
public final class Expr extends Utility {

  private static final int ERROR = 2;

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = task.arguments().subList(1, task.arguments().size());
    if (!words.isEmpty() && words.getFirst().equals("--")) {
      words = words.subList(1, words.size());
    }
    if (words.isEmpty()) {
      throw new Failure(ERROR, "too few arguments");
    }
    Evaluation evaluation = new Evaluation(words);
    String value = evaluation.or();
    if (evaluation.position < words.size()) {
      throw new Failure(ERROR, "syntax error");
    }
    output.printLine(value);
    return isTrue(value) ? 0 : 1;
  }

  private static boolean isTrue(String value) {
    return !value.isEmpty() && !value.matches("-?0+");
  }

  private static final class Evaluation {
    private final List<String> words;
    private int position;

    Evaluation(List<String> words) {
      this.words = words;
    }

    private Optional<String> accept(String... operators) {
      if (position < words.size() && List.of(operators).contains(words.get(position))) {
        return Optional.of(words.get(position++));
      }
      return Optional.empty();
    }

    String or() throws IOException {
      String left = and();
      while (accept("|").isPresent()) {
        String right = and();
        left = isTrue(left) ? left : right;
      }
      return left;
    }

    private String and() throws IOException {
      String left = comparison();
      while (accept("&").isPresent()) {
        String right = comparison();
        left = isTrue(left) && isTrue(right) ? left : "0";
      }
      return left;
    }

    private String comparison() throws IOException {
      String left = sum();
      while (true) {
        Optional<String> operator = accept("<", "<=", "=", "==", "!=", ">=", ">");
        if (operator.isEmpty()) {
          return left;
        }
        left = compare(operator.get(), left, sum()) ? "1" : "0";
      }
    }

    private static boolean compare(String operator, String left, String right) {
      int order =
          isInteger(left) && isInteger(right)
              ? new BigInteger(left).compareTo(new BigInteger(right))
              : Arrays.compareUnsigned(Text.encode(left), Text.encode(right));
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case "!=" -> order != 0;
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        default -> order == 0;
      };
    }

    private String sum() throws IOException {
      String left = product();
      while (true) {
        Optional<String> operator = accept("+", "-");
        if (operator.isEmpty()) {
          return left;
        }
        BigInteger right = integer(product());
        BigInteger number = integer(left);
        left = (operator.get().equals("+") ? number.add(right) : number.subtract(right)).toString();
      }
    }

    private String product() throws IOException {
      String left = match();
      while (true) {
        Optional<String> operator = accept("*", "/", "%");
        if (operator.isEmpty()) {
          return left;
        }
        BigInteger right = integer(match());
        BigInteger number = integer(left);
        if (!operator.get().equals("*") && right.signum() == 0) {
          throw new Failure(ERROR, "division by zero");
        }
        left =
            switch (operator.get()) {
              case "*" -> number.multiply(right).toString();
              case "/" -> number.divide(right).toString();
              default -> number.remainder(right).toString();
            };
      }
    }

    private String match() throws IOException {
      String left = primary();
      while (accept(":").isPresent()) {
        left = match(left, primary());
      }
      return left;
    }

    private static String match(String text, String pattern) throws IOException {
      PosixRegex regex = compile(pattern);
      Optional<Match> match = regex.find(text).filter(found -> found.start() == 0);
      if (regex.groups() > 0) {
        return match.map(found -> found.group(text, 1)).orElse("");
      }
      return Integer.toString(match.map(found -> text.codePointCount(0, found.end())).orElse(0));
    }

    private static PosixRegex compile(String pattern) throws IOException {
      try {
        return PosixRegex.compile(pattern.startsWith("^") ? pattern : "^" + pattern, Set.of());
      } catch (InvalidRegexException e) {
        throw Failure.of(ERROR, "bad regex '" + pattern + "'", e);
      }
    }

    private String take() throws Failure {
      if (position >= words.size()) {
        throw new Failure(ERROR, "syntax error");
      }
      return words.get(position++);
    }

    private String primary() throws IOException {
      String word = take();
      switch (word) {
        case "(" -> {
          String value = or();
          if (accept(")").isEmpty()) {
            throw new Failure(ERROR, "syntax error");
          }
          return value;
        }
        case "match" -> {
          return position + 1 < words.size() ? match(take(), take()) : word;
        }
        case "length" -> {
          if (position < words.size()) {
            String text = take();
            return Integer.toString(text.codePointCount(0, text.length()));
          }
        }
        case "index" -> {
          return position + 1 < words.size() ? index(take(), take()) : word;
        }
        case "substr" -> {
          return position + 2 < words.size() ? substring(take(), take(), take()) : word;
        }
        case "+" -> {
          return take();
        }
        case ")", "|", "&", "<", "<=", "=", "==", "!=", ">=", ">", "*", "/", "%", ":" ->
            throw new Failure(ERROR, "syntax error");
        default -> {}
      }
      return word;
    }

    private static String index(String text, String characters) {
      for (int i = 0; i < text.length(); i++) {
        if (characters.indexOf(text.charAt(i)) >= 0) {
          return Integer.toString(i + 1);
        }
      }
      return "0";
    }

    private static String substring(String text, String first, String length) {
      if (!isInteger(first) || !isInteger(length)) {
        return "";
      }
      long start = new BigInteger(first).longValue() - 1;
      long count = new BigInteger(length).longValue();
      if (start < 0 || start >= text.length() || count <= 0) {
        return "";
      }
      return text.substring((int) start, (int) Math.min(text.length(), start + count));
    }

    private static boolean isInteger(String text) {
      return text.matches("-?[0-9]+");
    }

    private static BigInteger integer(String text) throws Failure {
      if (!isInteger(text)) {
        throw new Failure(ERROR, "non-numeric argument");
      }
      return new BigInteger(text);
    }
  }
}
