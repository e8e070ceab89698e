package io.sockerless.backend.memory.shell.expand;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Expressions of C with 64-bit integers and the shell's variables. */
public final class Arithmetic {

  private static final int MAX_DEPTH = 100;
  private static final List<String> ASSIGNMENTS =
      List.of("<<=", ">>=", "=", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=");

  private final Context context;
  private String text = "";
  private int at;
  private int depth;
  private int skipping;

  /** Calculates with a shell's variables. */
  public Arithmetic(Context context) {
    this.context = context;
  }

  /**
   * The value of an expression; an empty one is 0.
   *
   * @throws ExpansionException if it is none
   */
  public long evaluate(String expression) throws IOException {
    String outer = text;
    int outerAt = at;
    text = expression;
    at = 0;
    skipBlanks();
    long value = 0;
    if (at < text.length()) {
      value = comma();
      if (at < text.length()) {
        throw syntaxError();
      }
    }
    text = outer;
    at = outerAt;
    return value;
  }

  private static ExpansionException syntaxError() {
    return new ExpansionException("arithmetic syntax error");
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean accept(String operator) {
    if (!text.startsWith(operator, at)) {
      return false;
    }
    at += operator.length();
    skipBlanks();
    return true;
  }

  private long comma() throws IOException {
    long value = assignment();
    while (accept(",")) {
      value = assignment();
    }
    return value;
  }

  private long assignment() throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new ExpansionException("expression recursion loop detected");
    }
    context.task().checkpoint();
    int start = at;
    String name = name();
    if (!name.isEmpty()) {
      for (String operator : ASSIGNMENTS) {
        boolean comparison = operator.equals("=") && text.startsWith("==", at);
        if (!comparison && accept(operator)) {
          long value = assigned(name, operator);
          depth--;
          return value;
        }
      }
    }
    at = start;
    long value = conditional();
    depth--;
    return value;
  }

  private long assigned(String name, String operator) throws IOException {
    long right = assignment();
    String binary = operator.substring(0, operator.length() - 1);
    long value = binary.isEmpty() ? right : apply(binary, variable(name), right);
    store(name, value);
    return value;
  }

  private void store(String name, long value) throws IOException {
    if (skipping == 0) {
      context.assign(name, Long.toString(value));
    }
  }

  private long conditional() throws IOException {
    long condition = or();
    if (!accept("?")) {
      return condition;
    }
    long then = skippedUnless(condition != 0, this::commaOrEmpty);
    if (!accept(":")) {
      throw syntaxError();
    }
    long otherwise = skippedUnless(condition == 0, this::assignment);
    return condition != 0 ? then : otherwise;
  }

  private long commaOrEmpty() throws IOException {
    return comma();
  }

  private interface Operand {
    long value() throws IOException;
  }

  private long skippedUnless(boolean needed, Operand operand) throws IOException {
    skipping += needed ? 0 : 1;
    long value = operand.value();
    skipping -= needed ? 0 : 1;
    return value;
  }

  private long or() throws IOException {
    long left = and();
    while (accept("||")) {
      long right = skippedUnless(left == 0, this::and);
      left = left != 0 || right != 0 ? 1 : 0;
    }
    return left;
  }

  private long and() throws IOException {
    long left = binary(0);
    while (accept("&&")) {
      long right = skippedUnless(left != 0, () -> binary(0));
      left = left != 0 && right != 0 ? 1 : 0;
    }
    return left;
  }

  /** The operators from the loosest to the tightest; within a row the longer ones first. */
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private long binary(int level) throws IOException {
    if (level == LEVELS.size()) {
      return power();
    }
    long left = binary(level + 1);
    while (true) {
      String operator = operator(LEVELS.get(level));
      if (operator.isEmpty()) {
        return left;
      }
      left = apply(operator, left, binary(level + 1));
    }
  }

  private String operator(List<String> operators) {
    for (String operator : operators) {
      if (text.startsWith(operator, at) && !isPartOfAnother(operator)) {
        accept(operator);
        return operator;
      }
    }
    return "";
  }

  /** Whether what looks like an operator is the beginning of a longer one. */
  private boolean isPartOfAnother(String operator) {
    char next = at + operator.length() < text.length() ? text.charAt(at + operator.length()) : 0;
    return switch (operator) {
      case "|", "&" -> next == operator.charAt(0) || next == '=';
      case "<", ">" -> next == operator.charAt(0);
      case "*" -> next == '*' || next == '=';
      case "^", "+", "-", "/", "%", "<<", ">>" -> next == '=';
      default -> false;
    };
  }

  private long power() throws IOException {
    long base = unary();
    if (!accept("**")) {
      return base;
    }
    long exponent = power();
    if (exponent < 0) {
      throw new ExpansionException("exponent less than 0");
    }
    long result = 1;
    for (long bits = exponent, square = base; bits > 0; bits >>= 1, square *= square) {
      result *= (bits & 1) != 0 ? square : 1;
    }
    return result;
  }

  private long apply(String operator, long left, long right) throws IOException {
    if ((operator.equals("/") || operator.equals("%")) && right == 0) {
      if (skipping > 0) {
        return 0;
      }
      throw new ExpansionException("divide by zero");
    }
    return switch (operator) {
      case "|" -> left | right;
      case "^" -> left ^ right;
      case "&" -> left & right;
      case "==" -> left == right ? 1 : 0;
      case "!=" -> left != right ? 1 : 0;
      case "<=" -> left <= right ? 1 : 0;
      case ">=" -> left >= right ? 1 : 0;
      case "<" -> left < right ? 1 : 0;
      case ">" -> left > right ? 1 : 0;
      case "<<" -> left << right;
      case ">>" -> left >> right;
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      default -> left % right;
    };
  }

  private long unary() throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new ExpansionException("expression recursion loop detected");
    }
    long value = prefixed();
    depth--;
    return value;
  }

  private long prefixed() throws IOException {
    if (text.startsWith("++", at) || text.startsWith("--", at)) {
      int start = at;
      long change = text.charAt(at) == '+' ? 1 : -1;
      accept(text.substring(at, at + 2));
      String name = name();
      if (!name.isEmpty()) {
        long value = variable(name) + change;
        store(name, value);
        return value;
      }
      at = start;
    }
    if (accept("!")) {
      return unary() == 0 ? 1 : 0;
    }
    if (accept("~")) {
      return ~unary();
    }
    if (accept("-")) {
      return -unary();
    }
    return accept("+") ? unary() : primary();
  }

  private long primary() throws IOException {
    if (accept("(")) {
      long value = comma();
      if (!accept(")")) {
        throw syntaxError();
      }
      return value;
    }
    String name = name();
    if (name.isEmpty()) {
      return number();
    }
    long value = variable(name);
    if (accept("++")) {
      store(name, value + 1);
    } else if (accept("--")) {
      store(name, value - 1);
    }
    return value;
  }

  private String name() {
    int end = at;
    while (end < text.length() && isNamePart(text.charAt(end), end > at)) {
      end++;
    }
    String name = text.substring(at, end);
    at = end;
    skipBlanks();
    return name;
  }

  private static boolean isNamePart(char c, boolean digits) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (digits && c >= '0' && c <= '9');
  }

  private long variable(String name) throws IOException {
    if (skipping > 0) {
      return 0;
    }
    Optional<String> value = context.parameter(name);
    String expression = value.orElse("").strip();
    if (expression.isEmpty()) {
      return 0;
    }
    if (++depth > MAX_DEPTH) {
      throw new ExpansionException("expression recursion loop detected");
    }
    long number = evaluate(expression);
    depth--;
    return number;
  }

  private long number() throws IOException {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "#@_".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    long number = IntegerText.parse(text.substring(start, at)).orElseThrow(Arithmetic::syntaxError);
    skipBlanks();
    return number;
  }
}
