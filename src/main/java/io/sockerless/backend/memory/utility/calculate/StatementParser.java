package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.Lexer.Kind;
import io.sockerless.backend.memory.utility.calculate.Lexer.Token;
import io.sockerless.backend.memory.utility.calculate.Statement.Local;
import io.sockerless.backend.memory.utility.calculate.Statement.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements of {@code bc}, one at a time, so that each runs before the next is read. */
final class StatementParser {

  private final TokenReader tokens;
  private final ExpressionParser expressions;
  private int loops;
  private boolean inFunction;

  StatementParser(Lexer lexer) {
    this.tokens = new TokenReader(lexer);
    this.expressions = new ExpressionParser(tokens);
  }

  /** The next statement at the top; none at the end. */
  Optional<Statement> next() throws IOException {
    while (isSeparator()) {
      tokens.take();
    }
    if (tokens.peek().kind() == Kind.END) {
      return Optional.empty();
    }
    Statement statement =
        tokens.acceptWord("define") ? new Statement.Define(function()) : statement();
    if (!isSeparator() && tokens.peek().kind() != Kind.END) {
      throw tokens.unexpected();
    }
    return Optional.of(statement);
  }

  private boolean isSeparator() throws IOException {
    return tokens.peek().kind() == Kind.NEWLINE || tokens.peek().is(";");
  }

  private Statement statement() throws IOException {
    Token token = tokens.peek();
    if (token.kind() == Kind.TEXT) {
      return new Statement.Text(tokens.take().text());
    }
    if (tokens.accept("{")) {
      return new Statement.Block(block());
    }
    if (token.kind() == Kind.NAME) {
      Optional<Statement> statement = keyword(token.text());
      if (statement.isPresent()) {
        return statement.get();
      }
    }
    Expression expression = expressions.expression();
    return new Statement.Evaluation(expression, !(expression instanceof Expression.Assignment));
  }

  private Optional<Statement> keyword(String word) throws IOException {
    switch (word) {
      case "if", "while", "for", "print", "return" -> tokens.take();
      case "break", "continue" -> {
        tokens.take();
        if (loops == 0) {
          throw new Failure("'" + word + "' not in a loop");
        }
        return Optional.of(word.equals("break") ? Word.BREAK : Word.CONTINUE);
      }
      case "quit", "halt" -> {
        tokens.take();
        return Optional.of(Word.HALT);
      }
      case "limits" -> {
        tokens.take();
        return Optional.of(Word.LIMITS);
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(
        switch (word) {
          case "if" -> conditional();
          case "while" -> whileLoop();
          case "for" -> forLoop();
          case "print" -> print();
          default -> returning();
        });
  }

  /** Statements up to the closing brace, which is taken. */
  private List<Statement> block() throws IOException {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      while (isSeparator()) {
        tokens.take();
      }
      if (tokens.accept("}")) {
        return statements;
      }
      statements.add(statement());
      if (!isSeparator() && !tokens.peek().is("}")) {
        throw tokens.unexpected();
      }
    }
  }

  private Statement conditional() throws IOException {
    Expression condition = inParentheses();
    Statement then = body();
    if (then instanceof Statement.Block && (loops > 0 || inFunction)) {
      tokens.skipNewlines();
    }
    boolean otherwise = tokens.acceptWord("else");
    return new Statement.If(condition, then, otherwise ? Optional.of(body()) : Optional.empty());
  }

  private Expression inParentheses() throws IOException {
    tokens.expect("(");
    Expression expression = expressions.expression();
    tokens.expect(")");
    return expression;
  }

  private Statement body() throws IOException {
    tokens.skipNewlines();
    return statement();
  }

  private Statement loopBody() throws IOException {
    loops++;
    try {
      return body();
    } finally {
      loops--;
    }
  }

  private Statement whileLoop() throws IOException {
    Expression condition = inParentheses();
    return new Statement.Loop(
        Optional.empty(), Optional.of(condition), Optional.empty(), loopBody());
  }

  private Statement forLoop() throws IOException {
    tokens.expect("(");
    Optional<Expression> start = upTo(";");
    Optional<Expression> condition = upTo(";");
    Optional<Expression> step = upTo(")");
    return new Statement.Loop(start, condition, step, loopBody());
  }

  private Optional<Expression> upTo(String end) throws IOException {
    if (tokens.accept(end)) {
      return Optional.empty();
    }
    Expression expression = expressions.expression();
    tokens.expect(end);
    return Optional.of(expression);
  }

  private Statement print() throws IOException {
    List<Statement> items = new ArrayList<>();
    do {
      items.add(
          tokens.peek().kind() == Kind.TEXT
              ? new Statement.Text(tokens.take().text())
              : new Statement.Evaluation(expressions.expression(), true));
    } while (tokens.accept(","));
    return new Statement.Print(items);
  }

  private Statement returning() throws IOException {
    if (!inFunction) {
      throw new Failure("'return' not in a function");
    }
    boolean bare = isSeparator() || tokens.peek().is("}");
    if (!bare && tokens.accept("(")) {
      if (tokens.accept(")")) {
        return new Statement.Return(Optional.empty());
      }
      Expression value = expressions.expression();
      tokens.expect(")");
      return new Statement.Return(Optional.of(value));
    }
    return new Statement.Return(bare ? Optional.empty() : Optional.of(expressions.expression()));
  }

  private Statement.Function function() throws IOException {
    String name = tokens.name();
    boolean silent = name.equals("void") && tokens.peek().kind() == Kind.NAME;
    if (silent) {
      name = tokens.name();
    }
    tokens.expect("(");
    List<Local> parameters = tokens.accept(")") ? List.of() : locals();
    if (!parameters.isEmpty()) {
      tokens.expect(")");
    }
    tokens.skipNewlines();
    tokens.expect("{");
    while (isSeparator()) {
      tokens.take();
    }
    List<Local> autos = tokens.acceptWord("auto") ? locals() : List.of();
    inFunction = true;
    try {
      return new Statement.Function(name, silent, parameters, autos, block());
    } finally {
      inFunction = false;
    }
  }

  private List<Local> locals() throws IOException {
    List<Local> locals = new ArrayList<>();
    do {
      String name = tokens.name();
      boolean array = tokens.accept("[");
      if (array) {
        tokens.expect("]");
      }
      locals.add(new Local(name, array));
    } while (tokens.accept(","));
    return locals;
  }
}
