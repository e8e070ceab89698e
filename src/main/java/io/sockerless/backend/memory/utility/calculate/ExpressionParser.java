package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.Expression.Assignment;
import io.sockerless.backend.memory.utility.calculate.Expression.Binary;
import io.sockerless.backend.memory.utility.calculate.Expression.Place;
import io.sockerless.backend.memory.utility.calculate.Expression.Setting;
import io.sockerless.backend.memory.utility.calculate.Expression.Step;
import io.sockerless.backend.memory.utility.calculate.Expression.Unary;
import io.sockerless.backend.memory.utility.calculate.Lexer.Kind;
import io.sockerless.backend.memory.utility.calculate.Lexer.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads expressions of {@code bc}, whose operators bind in an order of their own: or, and, not,
 * comparisons, assignments, sums, products, powers, signs.
 */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "^=");
  private static final int MAX_DEPTH = 1_000;

  private final TokenReader tokens;
  private int depth;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  Expression expression() throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new Failure("expression too deep");
    }
    Expression left = and();
    while (tokens.accept("||")) {
      left = new Binary("||", left, and());
    }
    depth--;
    return left;
  }

  private Expression and() throws IOException {
    Expression left = not();
    while (tokens.accept("&&")) {
      left = new Binary("&&", left, not());
    }
    return left;
  }

  private Expression not() throws IOException {
    return tokens.accept("!") ? new Unary('!', not()) : comparison();
  }

  private Expression comparison() throws IOException {
    Expression left = sum();
    while (isOperator(COMPARISONS)) {
      left = new Binary(tokens.take().text(), left, sum());
    }
    return left;
  }

  private boolean isOperator(Set<String> operators) throws IOException {
    Token token = tokens.peek();
    return token.kind() == Kind.OPERATOR && operators.contains(token.text());
  }

  private Expression sum() throws IOException {
    Expression left = product();
    while (isOperator(Set.of("+", "-"))) {
      left = new Binary(tokens.take().text(), left, product());
    }
    return left;
  }

  private Expression product() throws IOException {
    Expression left = power();
    while (isOperator(Set.of("*", "/", "%"))) {
      left = new Binary(tokens.take().text(), left, power());
    }
    return left;
  }

  private Expression power() throws IOException {
    Expression base = sign();
    return tokens.accept("^") ? new Binary("^", base, power()) : base;
  }

  private Expression sign() throws IOException {
    return tokens.accept("-") ? new Unary('-', sign()) : stepped();
  }

  private Expression stepped() throws IOException {
    for (String operator : List.of("++", "--")) {
      if (tokens.accept(operator)) {
        return new Step(place(primary()), operator.equals("++"), true);
      }
    }
    Expression operand = primary();
    for (String operator : List.of("++", "--")) {
      if (tokens.accept(operator)) {
        return new Step(place(operand), operator.equals("++"), false);
      }
    }
    if (isOperator(ASSIGNMENTS)) {
      Place place = place(operand);
      char operator = tokens.take().text().charAt(0);
      return new Assignment(place, operator, sum());
    }
    return operand;
  }

  private static Place place(Expression expression) throws Failure {
    if (expression instanceof Place place) {
      return place;
    }
    throw new Failure("bad assignment: left side must be variable or array element");
  }

  private Expression primary() throws IOException {
    Token token = tokens.peek();
    if (token.kind() == Kind.NUMBER) {
      return new Expression.Literal(tokens.take().text());
    }
    if (tokens.accept("(")) {
      Expression inner = expression();
      tokens.expect(")");
      return inner instanceof Place || inner instanceof Assignment ? new Unary('+', inner) : inner;
    }
    if (token.kind() != Kind.NAME) {
      throw tokens.unexpected();
    }
    return named(tokens.take().text());
  }

  private Expression named(String name) throws IOException {
    return switch (name) {
      case "ibase" -> new Setting(Setting.Kind.IBASE);
      case "obase" -> new Setting(Setting.Kind.OBASE);
      case "last" -> new Setting(Setting.Kind.LAST);
      case "scale" -> tokens.peek().is("(") ? builtin(name) : new Setting(Setting.Kind.SCALE);
      case "length", "sqrt" -> builtin(name);
      case "read" -> {
        tokens.expect("(");
        tokens.expect(")");
        yield new Expression.Read();
      }
      default -> variableOrCall(name);
    };
  }

  private Expression builtin(String name) throws IOException {
    tokens.expect("(");
    Expression argument = expression();
    tokens.expect(")");
    return new Expression.Builtin(name, argument);
  }

  private Expression variableOrCall(String name) throws IOException {
    if (tokens.accept("[")) {
      if (tokens.accept("]")) {
        return new Expression.WholeArray(name);
      }
      Expression index = expression();
      tokens.expect("]");
      return new Expression.Element(name, index);
    }
    if (!tokens.accept("(")) {
      return new Expression.Variable(name);
    }
    List<Expression> arguments = new ArrayList<>();
    while (!tokens.accept(")")) {
      if (!arguments.isEmpty()) {
        tokens.expect(",");
      }
      arguments.add(expression());
    }
    return new Expression.Call(name, arguments);
  }
}
