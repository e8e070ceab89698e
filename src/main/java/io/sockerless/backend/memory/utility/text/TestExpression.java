package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.utility.Failure;
import java.util.List;

/** The operands of {@code test}: with up to four of them their number says what they mean. */
final class TestExpression {

  private static final int ERROR = 2;
  private static final int MAX_DEPTH = 200;

  private final TestPrimaries tests;
  private final List<String> words;
  private int at;
  private int depth;

  TestExpression(TestPrimaries tests, List<String> words) {
    this.tests = tests;
    this.words = words;
  }

  /**
   * Whether it holds.
   *
   * @throws Failure with exit code 2 if the operands make no sense
   */
  boolean holds() throws Failure {
    return holds(words);
  }

  private boolean holds(List<String> operands) throws Failure {
    int count = operands.size();
    if (count == 0) {
      return false;
    }
    String first = operands.getFirst();
    if (count == 1) {
      return !first.isEmpty();
    }
    if (count == 3 && isBinary(operands.get(1))) {
      return binary(operands.get(1), first, operands.get(2));
    }
    if (count <= 4 && first.equals("!")) {
      return !holds(operands.subList(1, count));
    }
    if (count == 2 && TestPrimaries.isUnary(first)) {
      return tests.unary(first, operands.get(1));
    }
    if (count <= 4 && first.equals("(") && operands.getLast().equals(")")) {
      return holds(operands.subList(1, count - 1));
    }
    boolean value = or();
    if (at < words.size()) {
      throw new Failure(ERROR, words.get(at) + ": unknown operand");
    }
    return value;
  }

  private static boolean isBinary(String word) {
    return TestPrimaries.isBinary(word) || word.equals("-a") || word.equals("-o");
  }

  private boolean binary(String operator, String left, String right) throws Failure {
    return switch (operator) {
      case "-a" -> !left.isEmpty() && !right.isEmpty();
      case "-o" -> !left.isEmpty() || !right.isEmpty();
      default -> tests.binary(operator, left, right);
    };
  }

  private boolean accept(String word) {
    if (at < words.size() && words.get(at).equals(word)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean or() throws Failure {
    boolean value = and();
    while (accept("-o")) {
      value |= and();
    }
    return value;
  }

  private boolean and() throws Failure {
    boolean value = not();
    while (accept("-a")) {
      value &= not();
    }
    return value;
  }

  private boolean not() throws Failure {
    if (++depth > MAX_DEPTH) {
      throw new Failure(ERROR, "too many operands");
    }
    boolean negated = !nextIsBinary() && accept("!");
    boolean value = negated ? !not() : primary();
    depth--;
    return value;
  }

  private boolean nextIsBinary() {
    return at + 2 < words.size() && TestPrimaries.isBinary(words.get(at + 1));
  }

  private boolean primary() throws Failure {
    if (at >= words.size()) {
      throw new Failure(ERROR, "argument expected");
    }
    if (nextIsBinary()) {
      at += 3;
      return tests.binary(words.get(at - 2), words.get(at - 3), words.get(at - 1));
    }
    if (accept("(")) {
      boolean value = or();
      if (!accept(")")) {
        throw new Failure(ERROR, "closing paren expected");
      }
      return value;
    }
    if (TestPrimaries.isUnary(words.get(at)) && at + 1 < words.size()) {
      at += 2;
      return tests.unary(words.get(at - 2), words.get(at - 1));
    }
    return !words.get(at++).isEmpty();
  }
}
