package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.ShellException;
import java.io.IOException;
import java.util.List;

/** The operands of {@code test}: with up to four of them their number says what they mean. */
final class TestExpression {

  private final FileTests tests;
  private final List<String> words;
  private int at;
  private int depth;

  TestExpression(FileTests tests, List<String> words) {
    this.tests = tests;
    this.words = words;
  }

  /** The operands make no sense; the message says why. */
  static final class InvalidException extends ShellException {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }
  }

  boolean holds() throws IOException {
    try {
      return holds(words);
    } catch (ExpansionException e) {
      throw new InvalidException(e.getMessage());
    }
  }

  private boolean holds(List<String> operands) throws IOException {
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
    if (count == 2 && FileTests.isUnary(first)) {
      return tests.unary(first, operands.get(1));
    }
    if (count <= 4 && first.equals("(") && operands.getLast().equals(")")) {
      return holds(operands.subList(1, count - 1));
    }
    boolean value = or();
    if (at < words.size()) {
      throw new InvalidException(words.get(at) + ": unknown operand");
    }
    return value;
  }

  private static boolean isBinary(String word) {
    return FileTests.isBinary(word) || word.equals("-a") || word.equals("-o");
  }

  private boolean binary(String operator, String left, String right) throws IOException {
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

  private boolean or() throws IOException {
    boolean value = and();
    while (accept("-o")) {
      value |= and();
    }
    return value;
  }

  private boolean and() throws IOException {
    boolean value = not();
    while (accept("-a")) {
      value &= not();
    }
    return value;
  }

  private boolean not() throws IOException {
    if (++depth > 200) {
      throw new InvalidException("too many operands");
    }
    boolean negated = !nextIsBinary() && accept("!");
    boolean value = negated ? !not() : primary();
    depth--;
    return value;
  }

  private boolean nextIsBinary() {
    return at + 2 < words.size() && FileTests.isBinary(words.get(at + 1));
  }

  private boolean primary() throws IOException {
    if (at >= words.size()) {
      throw new InvalidException("argument expected");
    }
    if (nextIsBinary()) {
      at += 3;
      return tests.binary(words.get(at - 2), words.get(at - 3), words.get(at - 1));
    }
    if (accept("(")) {
      boolean value = or();
      if (!accept(")")) {
        throw new InvalidException("closing paren expected");
      }
      return value;
    }
    if (FileTests.isUnary(words.get(at)) && at + 1 < words.size()) {
      at += 2;
      return tests.unary(words.get(at - 2), words.get(at - 1));
    }
    return !words.get(at++).isEmpty();
  }
}
