package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.Set;

/** Reads what stands between double brackets. */
final class ConditionParser {

  private static final Set<String> UNARY =
      Set.of(
          "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-O", "-G", "-p", "-r", "-s",
          "-S", "-t", "-u", "-w", "-x", "-z");
  private static final Set<String> MORE = Set.of("-a", "-N", "-o", "-R", "-v");
  private static final Set<String> BINARY =
      Set.of("=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

  private final TokenStream tokens;
  private final Dialect dialect;

  ConditionParser(TokenStream tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  /** Reads up to the closing brackets, which are taken. */
  Condition condition() throws IOException {
    Condition condition = or();
    if (!tokens.peek().isReserved("]]")) {
      throw tokens.unexpected(tokens.peek(), "]]");
    }
    tokens.next();
    return condition;
  }

  private Condition or() throws IOException {
    Condition left = and();
    tokens.skipNewlines();
    while (tokens.acceptOperator("||")) {
      left = new Condition.Or(left, and());
      tokens.skipNewlines();
    }
    return left;
  }

  private Condition and() throws IOException {
    Condition left = not();
    tokens.skipNewlines();
    while (tokens.acceptOperator("&&")) {
      left = new Condition.And(left, not());
      tokens.skipNewlines();
    }
    return left;
  }

  private Condition not() throws IOException {
    tokens.enter();
    tokens.skipNewlines();
    Condition condition;
    if (tokens.peek().isReserved("!")) {
      tokens.next();
      condition = new Condition.Not(not());
    } else if (tokens.acceptOperator("(")) {
      condition = or();
      tokens.expectOperator(")");
    } else {
      condition = primary();
    }
    tokens.leave();
    return condition;
  }

  private Condition primary() throws IOException {
    Token first = word();
    if (isUnary(first.text()) && tokens.peek().kind() == Token.Kind.WORD) {
      Token operand = tokens.peek();
      if (!operand.isReserved("]]")) {
        tokens.next();
        return new Condition.Unary(first.text(), operand.word());
      }
    }
    Token operator = tokens.peek();
    if (operator.isOperator("<") || operator.isOperator(">")) {
      tokens.next();
      return new Condition.Binary(operator.text(), first.word(), word().word());
    }
    if (operator.isReserved("=~")) {
      tokens.next();
      Word expression = tokens.lexer().regularExpression().word();
      return new Condition.Binary("=~", first.word(), expression);
    }
    if (BINARY.contains(operator.text())) {
      tokens.next();
      return new Condition.Binary(operator.text(), first.word(), word().word());
    }
    return new Condition.Unary("-n", first.word());
  }

  private boolean isUnary(String operator) {
    return UNARY.contains(operator) || (dialect == Dialect.BASH && MORE.contains(operator));
  }

  private Token word() throws IOException {
    Token token = tokens.peek();
    if ((token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.NUMBER)
        || token.isReserved("]]")) {
      throw tokens.unexpected(token, "]]");
    }
    return tokens.next();
  }
}
