package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.calculate.Statement.Word;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Runs the statements of {@code bc}. */
final class BcRunner {

  /** How a statement ended. */
  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE,
    RETURN,
    HALT
  }

  private final Machine machine;
  private final Printer printer;
  private BigDecimal returned = BigDecimal.ZERO;
  private boolean halted;

  BcRunner(Machine machine, Printer printer) {
    this.machine = machine;
    this.printer = printer;
  }

  /** Runs a program as it comes; false if it said to end. */
  boolean run(Lexer.Lines lines) throws IOException {
    StatementParser parser = new StatementParser(new Lexer(lines));
    for (Optional<Statement> next = parser.next(); next.isPresent(); next = parser.next()) {
      if (run(next.get()) == Flow.HALT) {
        return false;
      }
      printer.flush();
    }
    return true;
  }

  private Flow run(Statement statement) throws IOException {
    switch (statement) {
      case Statement.Evaluation it -> evaluate(it);
      case Statement.Text it -> printer.text(it.text());
      case Statement.Print it -> print(it.items());
      case Statement.Define it -> machine.define(it.function());
      case Statement.Block it -> {
        return runAll(it.statements());
      }
      case Statement.If it -> {
        if (machine.holds(it.condition(), this::function)) {
          return run(it.then());
        }
        return it.otherwise().isPresent() ? run(it.otherwise().get()) : ended(Flow.NEXT);
      }
      case Statement.Loop it -> {
        return loop(it);
      }
      case Statement.Return it -> {
        returned =
            it.value().isPresent()
                ? machine.evaluate(it.value().get(), this::function)
                : BigDecimal.ZERO;
        return ended(Flow.RETURN);
      }
      case Word it -> {
        return word(it);
      }
    }
    return ended(Flow.NEXT);
  }

  /** A function that was called may have said to end. */
  private Flow ended(Flow flow) {
    return halted ? Flow.HALT : flow;
  }

  private Flow word(Word word) throws IOException {
    return switch (word) {
      case BREAK -> Flow.BREAK;
      case CONTINUE -> Flow.CONTINUE;
      case HALT -> {
        halted = true;
        yield Flow.HALT;
      }
      case LIMITS -> {
        printer.text(
            """
            BC_BASE_MAX     = 999
            BC_DIM_MAX      = 2147483647
            BC_SCALE_MAX    = %1$d
            BC_STRING_MAX   = 2147483647
            MAX Exponent    = %1$d
            Number of vars  = 2147483647
            """
                .formatted(FixedPoint.MAX_DIGITS));
        yield Flow.NEXT;
      }
    };
  }

  private void evaluate(Statement.Evaluation statement) throws IOException {
    BigDecimal value = machine.evaluate(statement.expression(), this::function);
    if (statement.printed() && !halted && !machine.isSilent(statement.expression())) {
      machine.setLast(value);
      printer.number(value, machine.outputBase());
      printer.line();
    }
  }

  private void print(List<Statement> items) throws IOException {
    for (Statement item : items) {
      if (item instanceof Statement.Evaluation it) {
        BigDecimal value = machine.evaluate(it.expression(), this::function);
        machine.setLast(value);
        printer.number(value, machine.outputBase());
      } else if (item instanceof Statement.Text it) {
        printer.text(unescape(it.text()));
      }
    }
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      plain.append(
          switch (escaped) {
            case 'a' -> "\007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'q' -> "\"";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '\\', 'e' -> "\\";
            default -> "\\" + escaped;
          });
    }
    return plain.toString();
  }

  private Flow runAll(List<Statement> statements) throws IOException {
    for (Statement statement : statements) {
      Flow flow = run(statement);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow loop(Statement.Loop loop) throws IOException {
    if (loop.start().isPresent()) {
      machine.evaluate(loop.start().get(), this::function);
    }
    while (loop.condition().isEmpty() || machine.holds(loop.condition().get(), this::function)) {
      Flow flow = run(loop.body());
      if (flow == Flow.RETURN || flow == Flow.HALT) {
        return flow;
      }
      if (flow == Flow.BREAK) {
        return Flow.NEXT;
      }
      if (loop.step().isPresent()) {
        machine.evaluate(loop.step().get(), this::function);
      }
    }
    return ended(Flow.NEXT);
  }

  private BigDecimal function(List<Statement> body) throws IOException {
    return runAll(body) == Flow.RETURN ? returned : BigDecimal.ZERO;
  }
}
