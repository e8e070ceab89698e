package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a script: rules, functions and statements; expressions are the part of {@link
 * ExpressionParser}.
 */
final class Parser {

  private final ExpressionParser expressions;
  private final List<Statement> begin = new ArrayList<>();
  private final List<Script.Rule> rules = new ArrayList<>();
  private final List<Statement> end = new ArrayList<>();
  private final Map<String, Script.Function> functions = new HashMap<>();

  private Parser(List<Token> tokens) {
    this.expressions = new ExpressionParser(tokens);
  }

  static Script parse(String text) throws IOException {
    Parser parser = new Parser(Lexer.tokens(text));
    parser.script();
    return new Script(
        parser.begin, parser.rules, parser.end, parser.functions, parser.expressions.globals());
  }

  private void script() throws IOException {
    skipSeparators();
    while (!expressions.atEnd()) {
      item();
      skipSeparators();
    }
    for (String called : expressions.calledFunctions()) {
      if (!functions.containsKey(called)) {
        throw expressions.failure("Call to undefined function");
      }
    }
  }

  private void skipSeparators() {
    while (expressions.acceptNewline() || expressions.accept(";")) {}
  }

  private void item() throws IOException {
    if (expressions.accept("BEGIN")) {
      begin.add(block());
    } else if (expressions.accept("END")) {
      end.add(block());
    } else if (expressions.accept("function")) {
      function();
    } else {
      rule();
    }
  }

  private void rule() throws IOException {
    Optional<Expression> first = Optional.empty();
    Optional<Expression> last = Optional.empty();
    if (!expressions.isNext("{")) {
      first = Optional.of(expressions.expression());
      if (expressions.accept(",")) {
        expressions.skipNewlines();
        last = Optional.of(expressions.expression());
      }
    }
    Statement action =
        expressions.isNext("{")
            ? block()
            : new Statement.Print(false, List.of(), "", Optional.empty());
    rules.add(new Script.Rule(first, last, action));
  }

  private void function() throws IOException {
    String name = expressions.takeName();
    List<String> parameters = new ArrayList<>();
    expressions.expect("(");
    while (!expressions.accept(")")) {
      parameters.add(expressions.takeName());
      expressions.skipNewlines();
      if (!expressions.isNext(")")) {
        expressions.expect(",");
        expressions.skipNewlines();
      }
    }
    expressions.skipNewlines();
    expressions.enterFunction(parameters);
    Statement body = block();
    expressions.enterFunction(List.of());
    functions.put(name, new Script.Function(List.copyOf(parameters), body));
  }

  private Statement block() throws IOException {
    expressions.expect("{");
    List<Statement> statements = new ArrayList<>();
    skipSeparators();
    while (!expressions.accept("}")) {
      statements.add(statement());
      skipSeparators();
    }
    return new Statement.Block(List.copyOf(statements));
  }

  private Statement statement() throws IOException {
    if (expressions.isNext("{")) {
      return block();
    }
    if (expressions.accept("if")) {
      return conditional();
    }
    if (expressions.accept("while")) {
      Expression condition = condition();
      return new Statement.While(condition, body());
    }
    if (expressions.accept("do")) {
      Statement body = body();
      skipSeparators();
      expressions.expect("while");
      Statement loop = new Statement.Do(body, condition());
      endStatement();
      return loop;
    }
    if (expressions.accept("for")) {
      return loop();
    }
    if (expressions.accept(";")) {
      return new Statement.Block(List.of());
    }
    Statement simple = simple();
    endStatement();
    return simple;
  }

  private void endStatement() throws Failure {
    if (!expressions.acceptNewline()
        && !expressions.accept(";")
        && !expressions.isNext("}")
        && !expressions.atEnd()) {
      throw expressions.failure("Unexpected token");
    }
  }

  private Expression condition() throws IOException {
    expressions.expect("(");
    Expression condition = expressions.expression();
    expressions.expect(")");
    return condition;
  }

  private Statement body() throws IOException {
    expressions.skipNewlines();
    return statement();
  }

  private Statement conditional() throws IOException {
    Expression condition = condition();
    Statement then = body();
    int mark = expressions.mark();
    skipSeparators();
    if (expressions.accept("else")) {
      return new Statement.If(condition, then, Optional.of(body()));
    }
    expressions.reset(mark);
    return new Statement.If(condition, then, Optional.empty());
  }

  private Statement loop() throws IOException {
    expressions.expect("(");
    Optional<Expression.In> members = expressions.membersOfArray();
    if (members.isPresent()) {
      Expression.Variable variable = (Expression.Variable) members.get().subscripts().getFirst();
      return new Statement.ForIn(variable, members.get().array(), body());
    }
    Optional<Statement> start = expressions.isNext(";") ? Optional.empty() : Optional.of(simple());
    expressions.expect(";");
    expressions.skipNewlines();
    Optional<Expression> condition =
        expressions.isNext(";") ? Optional.empty() : Optional.of(expressions.expression());
    expressions.expect(";");
    expressions.skipNewlines();
    Optional<Statement> step = expressions.isNext(")") ? Optional.empty() : Optional.of(simple());
    expressions.expect(")");
    if (expressions.accept(";")) {
      return new Statement.For(start, condition, step, new Statement.Block(List.of()));
    }
    return new Statement.For(start, condition, step, body());
  }

  private Statement simple() throws IOException {
    if (expressions.accept("print")) {
      return print(false);
    }
    if (expressions.accept("printf")) {
      return print(true);
    }
    if (expressions.accept("next")) {
      return new Statement.Next(false);
    }
    if (expressions.accept("nextfile")) {
      return new Statement.Next(true);
    }
    if (expressions.accept("break")) {
      return new Statement.Break();
    }
    if (expressions.accept("continue")) {
      return new Statement.Continue();
    }
    if (expressions.accept("exit")) {
      return new Statement.Exit(optionalExpression());
    }
    if (expressions.accept("return")) {
      return new Statement.Return(optionalExpression());
    }
    if (expressions.accept("delete")) {
      return delete();
    }
    return new Statement.Evaluate(expressions.expression());
  }

  private Optional<Expression> optionalExpression() throws IOException {
    return expressions.atStatementEnd() ? Optional.empty() : Optional.of(expressions.expression());
  }

  private Statement delete() throws IOException {
    Expression.Variable array = expressions.variable(expressions.takeName());
    List<Expression> subscripts = List.of();
    if (expressions.accept("[")) {
      subscripts = expressions.list("]");
    }
    return new Statement.Delete(array, subscripts);
  }

  private Statement print(boolean formatted) throws IOException {
    List<Expression> arguments = expressions.printArguments();
    for (String redirection : List.of(">>", ">", "|")) {
      if (expressions.accept(redirection)) {
        Optional<Expression> destination = Optional.of(expressions.concatenation());
        return new Statement.Print(formatted, arguments, redirection, destination);
      }
    }
    return new Statement.Print(formatted, arguments, "", Optional.empty());
  }
}
