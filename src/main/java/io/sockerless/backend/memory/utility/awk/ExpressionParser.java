package io.sockerless.backend.memory.utility.awk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the expressions of a script by their precedence, and knows the variables. */
final class ExpressionParser extends TokenReader {

  private static final Set<String> COMPARISONS = Set.of("<", "<=", "==", "!=", ">", ">=");

  private final Map<String, Integer> globals = new LinkedHashMap<>();
  private final Set<String> called = new HashSet<>();
  private List<String> parameters = List.of();
  private boolean printing;

  ExpressionParser(List<Token> tokens) {
    super(tokens);
    for (String name : Globals.NAMES) {
      globals.put(name, globals.size());
    }
  }

  Map<String, Integer> globals() {
    return globals;
  }

  Set<String> calledFunctions() {
    return called;
  }

  void enterFunction(List<String> names) {
    parameters = List.copyOf(names);
  }

  Expression.Variable variable(String name) {
    int local = parameters.indexOf(name);
    if (local >= 0) {
      return new Expression.Variable(name, local, true);
    }
    Integer index = globals.computeIfAbsent(name, it -> globals.size());
    return new Expression.Variable(name, index, false);
  }

  /** The head of {@code for (name in array)} with its closing parenthesis, if it is one. */
  Optional<Expression.In> membersOfArray() {
    boolean matches =
        peek().kind() == Token.Kind.NAME
            && ahead(1).is("in")
            && ahead(2).kind() == Token.Kind.NAME
            && ahead(3).is(")");
    if (!matches) {
      return Optional.empty();
    }
    Expression.Variable variable = variable(peek().text());
    Expression.Variable array = variable(ahead(2).text());
    skip(4);
    return Optional.of(new Expression.In(List.of(variable), array));
  }

  /** Expressions between commas up to a closing token, which is taken. */
  List<Expression> list(String close) throws IOException {
    boolean outer = printing;
    printing = false;
    List<Expression> list = new ArrayList<>();
    skipNewlines();
    while (!accept(close)) {
      list.add(expression());
      skipNewlines();
      if (!isNext(close)) {
        expect(",");
        skipNewlines();
      }
    }
    printing = outer;
    return List.copyOf(list);
  }

  /** What {@code print} prints, in parentheses or not; a redirection may follow. */
  List<Expression> printArguments() throws IOException {
    if (accept("(")) {
      int mark = mark();
      List<Expression> list = list(")");
      if (atStatementEnd() || isNext(">") || isNext(">>") || isNext("|")) {
        return list;
      }
      reset(mark - 1);
    }
    List<Expression> arguments = new ArrayList<>();
    printing = true;
    while (!atStatementEnd() && !isNext(">") && !isNext(">>") && !isNext("|")) {
      arguments.add(expression());
      if (!accept(",")) {
        break;
      }
      skipNewlines();
    }
    printing = false;
    return List.copyOf(arguments);
  }

  Expression expression() throws IOException {
    Expression condition = or();
    if (accept("?")) {
      skipNewlines();
      Expression then = expression();
      skipNewlines();
      expect(":");
      skipNewlines();
      return new Expression.Conditional(condition, then, expression());
    }
    return assignment(condition);
  }

  private Expression assignment(Expression left) throws IOException {
    Token token = peek();
    boolean assigns =
        token.kind() == Token.Kind.OPERATOR
            && Set.of("=", "+=", "-=", "*=", "/=", "%=", "^=").contains(token.text());
    if (!assigns) {
      return left;
    }
    char operator = token.text().length() == 1 ? '\0' : token.text().charAt(0);
    return switch (left) {
      case Expression.Target target -> {
        skip(1);
        skipNewlines();
        yield new Expression.Assign(operator, target, expression());
      }
      // The target is the rightmost operand of what was read, as in: 1 == x = 2, !x = y, "a" x = 2.
      case Expression.Unary(char sign, Expression operand) ->
          new Expression.Unary(sign, assignment(operand));
      case Expression.Compare(String comparison, Expression first, Expression second) ->
          new Expression.Compare(comparison, first, assignment(second));
      case Expression.And(Expression first, Expression second) ->
          new Expression.And(first, assignment(second));
      case Expression.Or(Expression first, Expression second) ->
          new Expression.Or(first, assignment(second));
      case Expression.Concatenate(Expression first, Expression second) ->
          new Expression.Concatenate(first, assignment(second));
      default -> throw failure("Unexpected token");
    };
  }

  private Expression or() throws IOException {
    Expression left = and();
    while (accept("||")) {
      skipNewlines();
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() throws IOException {
    Expression left = in();
    while (accept("&&")) {
      skipNewlines();
      left = new Expression.And(left, in());
    }
    return left;
  }

  private Expression in() throws IOException {
    Expression left = match();
    while (accept("in")) {
      left = new Expression.In(List.of(left), variable(takeName()));
    }
    return left;
  }

  private Expression match() throws IOException {
    Expression left = comparison();
    while (isNext("~") || isNext("!~")) {
      boolean negated = isNext("!~");
      skip(1);
      left = new Expression.Matches(left, comparison(), negated);
    }
    return left;
  }

  private Expression comparison() throws IOException {
    Expression left = pipes(concatenation());
    Token token = peek();
    boolean redirects = printing && token.is(">");
    if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text()) && !redirects) {
      skip(1);
      left = new Expression.Compare(token.text(), left, pipes(concatenation()));
    }
    return left;
  }

  private Expression pipes(Expression left) throws IOException {
    Expression result = left;
    while (isNext("|") && ahead(1).is("getline")) {
      skip(2);
      result = new Expression.Getline(Optional.of(result), true, optionalTarget());
    }
    return result;
  }

  Expression concatenation() throws IOException {
    Expression left = sum();
    while (beginsOperand()) {
      left = new Expression.Concatenate(left, sum());
    }
    return left;
  }

  private boolean beginsOperand() {
    Token token = peek();
    return switch (token.kind()) {
      case NUMBER, TEXT, REGEX, NAME, FUNCTION, BUILTIN -> true;
      case OPERATOR -> Set.of("$", "!", "(", "-", "+", "++", "--").contains(token.text());
      default -> false;
    };
  }

  private Expression sum() throws IOException {
    Expression left = product();
    while (isNext("+") || isNext("-")) {
      char operator = peek().text().charAt(0);
      skip(1);
      left = new Expression.Arithmetic(operator, left, product());
    }
    return left;
  }

  private Expression product() throws IOException {
    Expression left = unary();
    while (isNext("*") || isNext("/") || isNext("%")) {
      char operator = peek().text().charAt(0);
      skip(1);
      left = new Expression.Arithmetic(operator, left, unary());
    }
    return left;
  }

  private Expression unary() throws IOException {
    if (isNext("!") || isNext("-") || isNext("+")) {
      char operator = peek().text().charAt(0);
      skip(1);
      return new Expression.Unary(operator, unary());
    }
    return power();
  }

  private Expression power() throws IOException {
    Expression base = postfix();
    if (accept("^")) {
      return new Expression.Arithmetic('^', base, exponent());
    }
    return base;
  }

  private Expression exponent() throws IOException {
    if (isNext("-") || isNext("+") || isNext("!")) {
      char operator = peek().text().charAt(0);
      skip(1);
      return new Expression.Unary(operator, exponent());
    }
    return power();
  }

  private Expression postfix() throws IOException {
    if (isNext("++") || isNext("--")) {
      int by = isNext("++") ? 1 : -1;
      skip(1);
      if (primary() instanceof Expression.Target target) {
        return new Expression.Step(target, by, true);
      }
      throw failure("Unexpected token");
    }
    Expression operand = primary();
    if (operand instanceof Expression.Target target && (isNext("++") || isNext("--"))) {
      int by = isNext("++") ? 1 : -1;
      skip(1);
      return new Expression.Step(target, by, false);
    }
    return operand;
  }

  private Expression primary() throws IOException {
    Token token = peek();
    skip(1);
    return switch (token.kind()) {
      case NUMBER -> new Expression.Constant(Value.of(Double.parseDouble(token.text())));
      case TEXT -> new Expression.Constant(Value.of(token.text()));
      case REGEX -> new Expression.Regex(Regexes.compile(token.text()));
      case NAME -> name(token.text());
      case FUNCTION -> {
        called.add(token.text());
        expect("(");
        yield new Expression.Call(token.text(), list(")"));
      }
      case BUILTIN -> new Expression.Builtin(token.text(), accept("(") ? list(")") : List.of());
      case KEYWORD, OPERATOR -> operator(token);
      case NEWLINE, END -> {
        skip(-1);
        throw failure("Unexpected token");
      }
    };
  }

  private Expression name(String name) throws IOException {
    Expression.Variable variable = variable(name);
    return accept("[") ? new Expression.Element(variable, list("]")) : variable;
  }

  private Expression operator(Token token) throws IOException {
    if (token.is("$")) {
      if (isNext("++") || isNext("--")) {
        return new Expression.Field(postfix());
      }
      return new Expression.Field(isNext("-") || isNext("+") || isNext("!") ? unary() : primary());
    }
    if (token.is("(")) {
      return parenthesized();
    }
    if (token.is("getline")) {
      Optional<Expression.Target> target = optionalTarget();
      Optional<Expression> source = accept("<") ? Optional.of(postfix()) : Optional.empty();
      return new Expression.Getline(source, false, target);
    }
    if (token.is("-") || token.is("+") || token.is("!")) {
      return new Expression.Unary(token.text().charAt(0), unary());
    }
    skip(-1);
    throw failure("Unexpected token");
  }

  private Expression parenthesized() throws IOException {
    List<Expression> list = list(")");
    if (list.size() == 1) {
      return new Expression.Group(list.getFirst());
    }
    expect("in");
    return new Expression.In(list, variable(takeName()));
  }

  private Optional<Expression.Target> optionalTarget() throws IOException {
    if (isNext("$") || peek().kind() == Token.Kind.NAME) {
      return primary() instanceof Expression.Target target ? Optional.of(target) : Optional.empty();
    }
    return Optional.empty();
  }
}
