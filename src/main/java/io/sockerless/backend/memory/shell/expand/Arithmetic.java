package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Expressions of C with 64-bit integers and the shell's variables. */
public final class Arithmetic {

  private static final int MAX_DEPTH = 100;
  private static final List<String> ASSIGNMENTS =
      List.of("<<=", ">>=", "=", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=");
  private static final List<String> STEPS = List.of("++", "--");

  private final Context context;
  private ArithmeticScanner scanner = new ArithmeticScanner("");
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
    ArithmeticScanner outer = scanner;
    scanner = new ArithmeticScanner(expression);
    long value = 0;
    if (!scanner.isAtEnd()) {
      value = comma();
      if (!scanner.isAtEnd()) {
        throw leftOver();
      }
    }
    scanner = outer;
    return value;
  }

  private ExpansionException leftOver() {
    if (!scanner.isReadable()) {
      return error("syntax error: invalid arithmetic operator", scanner.rest());
    }
    return scanner.comesNext("=")
        ? error("attempted assignment to non-variable", scanner.rest())
        : error("syntax error in expression", scanner.rest());
  }

  /** What is wrong, in bash's words or in those that ash has for all of it. */
  private ExpansionException error(String reason, String token) {
    return error(reason, token, "arithmetic syntax error");
  }

  private ExpansionException error(String reason, String token, String ofAsh) {
    boolean bash = context.dialect() == Dialect.BASH;
    return new ExpansionException(
        bash ? scanner.text() + ": " + reason + " (error token is \"" + token + "\")" : ofAsh);
  }

  private long comma() throws IOException {
    long value = assignment();
    while (scanner.accept(",")) {
      value = assignment();
    }
    return value;
  }

  private long assignment() throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new ExpansionException("expression recursion loop detected");
    }
    context.task().checkpoint();
    int start = scanner.position();
    String name = variableName();
    if (!name.isEmpty()) {
      for (String operator : ASSIGNMENTS) {
        boolean comparison = operator.equals("=") && scanner.comesNext("==");
        if (!comparison && scanner.accept(operator)) {
          long value = assigned(name, operator);
          depth--;
          return value;
        }
      }
    }
    scanner.goBack(start);
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
    if (!scanner.accept("?")) {
      return condition;
    }
    long then = skippedUnless(condition != 0, this::commaOrEmpty);
    if (!scanner.accept(":")) {
      throw error("`:' expected for conditional expression", scanner.rest());
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
    while (scanner.accept("||")) {
      long right = skippedUnless(left == 0, this::and);
      left = left != 0 || right != 0 ? 1 : 0;
    }
    return left;
  }

  private long and() throws IOException {
    long left = binary(0);
    while (scanner.accept("&&")) {
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
      String operator = scanner.operator(LEVELS.get(level));
      if (operator.isEmpty()) {
        return left;
      }
      left = apply(operator, left, binary(level + 1));
    }
  }

  private long power() throws IOException {
    long base = unary();
    if (!scanner.accept("**")) {
      return base;
    }
    long exponent = power();
    if (exponent < 0) {
      throw error("exponent less than 0", scanner.restFromLast(), "exponent less than 0");
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
      throw error("division by 0", scanner.restFromLast(), "divide by zero");
    }
    return ArithmeticOperators.apply(operator, left, right);
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
    int start = scanner.position();
    String step = scanner.operator(STEPS);
    if (!step.isEmpty()) {
      String name = variableName();
      if (!name.isEmpty()) {
        long value = variable(name) + (step.equals("++") ? 1 : -1);
        store(name, value);
        return value;
      }
      scanner.goBack(start);
    }
    if (scanner.accept("!")) {
      return unary() == 0 ? 1 : 0;
    }
    if (scanner.accept("~")) {
      return ~unary();
    }
    if (scanner.accept("-")) {
      return -unary();
    }
    return scanner.accept("+") ? unary() : primary();
  }

  private long primary() throws IOException {
    if (scanner.accept("(")) {
      long value = comma();
      if (!scanner.accept(")")) {
        throw error("missing `)'", scanner.rest());
      }
      return value;
    }
    String name = variableName();
    if (name.isEmpty()) {
      return number();
    }
    long value = variable(name);
    if (scanner.accept("++")) {
      store(name, value + 1);
    } else if (scanner.accept("--")) {
      store(name, value - 1);
    }
    return value;
  }

  /** A variable's name, with the value of a subscript in brackets; empty if none comes next. */
  private String variableName() throws IOException {
    String name = scanner.name();
    if (name.isEmpty() || context.dialect() != Dialect.BASH || !scanner.comesNext("[")) {
      return name;
    }
    String subscript = scanner.bracketed();
    String key = subscript;
    if (!context.isAssociative(name)) {
      long index = evaluate(subscript);
      List<String> keys = context.keys(name);
      long end = keys.isEmpty() ? 0 : Long.parseLong(keys.getLast()) + 1;
      key = Long.toString(index < 0 ? Math.max(0, index + end) : index);
    }
    return name + "[" + key + "]";
  }

  private long variable(String name) throws IOException {
    if (skipping > 0) {
      return 0;
    }
    Optional<String> value = context.parameter(name);
    if (value.isEmpty() && context.dialect() == Dialect.BASH && context.isStrict()) {
      throw ExpansionException.ofUnset(name + ": unbound variable");
    }
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
    String word = scanner.word();
    if (word.isEmpty()) {
      throw error("syntax error: operand expected", scanner.rest());
    }
    return IntegerText.parse(word).orElseThrow(() -> error("value too great for base", word));
  }
}
