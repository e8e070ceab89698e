package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs a script's statements. */
final class Interpreter {

  /** How a statement ended. */
  private enum Flow {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }

  private final Machine machine;
  private final Evaluator evaluator;
  private final boolean[] active;
  private Value returned = Value.UNSET;
  private int exitCode;

  Interpreter(Machine machine) {
    this.machine = machine;
    this.evaluator = new Evaluator(machine, this);
    this.active = new boolean[machine.script().rules().size()];
  }

  /** Runs all of it; the answer is the exit code. */
  int run() throws IOException {
    Script script = machine.script();
    boolean exited = false;
    try {
      for (Statement block : script.begin()) {
        execute(block);
      }
      if (!script.rules().isEmpty() || !script.end().isEmpty()) {
        records();
      }
    } catch (Jump jump) {
      exited = jump.kind() == Jump.Kind.EXIT;
    }
    try {
      for (Statement block : script.end()) {
        execute(block);
      }
    } catch (Jump jump) {
      exited = true;
    }
    return exited || !machine.input().hasFailed() ? exitCode & 0xff : 1;
  }

  private void records() throws IOException {
    while (true) {
      Optional<String> record = machine.input().next();
      if (record.isEmpty()) {
        return;
      }
      machine.fields().setRecord(record.get());
      try {
        rules();
      } catch (Jump jump) {
        switch (jump.kind()) {
          case NEXT_RECORD -> {}
          case NEXT_FILE -> machine.input().close();
          case EXIT -> throw jump;
        }
      }
    }
  }

  private void rules() throws IOException {
    List<Script.Rule> rules = machine.script().rules();
    for (int i = 0; i < rules.size(); i++) {
      Script.Rule rule = rules.get(i);
      if (applies(rule, i)) {
        execute(rule.action());
      }
    }
  }

  private boolean applies(Script.Rule rule, int index) throws IOException {
    if (rule.first().isEmpty()) {
      return true;
    }
    if (rule.last().isEmpty()) {
      return evaluator.isTrue(rule.first().get());
    }
    if (!active[index] && !evaluator.isTrue(rule.first().get())) {
      return false;
    }
    active[index] = !evaluator.isTrue(rule.last().get());
    return true;
  }

  /** Runs a function's body; the answer is what it returns. */
  Value call(Statement body) throws IOException {
    returned = Value.UNSET;
    Flow flow = execute(body);
    Value value = flow == Flow.RETURN ? returned : Value.UNSET;
    returned = Value.UNSET;
    return value;
  }

  private Flow execute(Statement statement) throws IOException {
    machine.task().checkpoint();
    switch (statement) {
      case Statement.Block block -> {
        return executeAll(block.statements());
      }
      case Statement.If branch -> {
        return branch(branch);
      }
      case Statement.While loop -> {
        return loop(Optional.empty(), Optional.of(loop.condition()), Optional.empty(), loop.body());
      }
      case Statement.Do loop -> {
        return doLoop(loop);
      }
      case Statement.For loop -> {
        return loop(loop.start(), loop.condition(), loop.step(), loop.body());
      }
      case Statement.ForIn loop -> {
        return forIn(loop);
      }
      case Statement.Return result -> {
        returned =
            result.value().isPresent() ? evaluator.evaluate(result.value().get()) : Value.UNSET;
        return Flow.RETURN;
      }
      case Statement.Break exit -> {
        return Flow.BREAK;
      }
      case Statement.Continue next -> {
        return Flow.CONTINUE;
      }
      default -> simple(statement);
    }
    return Flow.NORMAL;
  }

  private void simple(Statement statement) throws IOException {
    switch (statement) {
      case Statement.Print print -> print(print);
      case Statement.Evaluate evaluate -> evaluator.evaluate(evaluate.expression());
      case Statement.Next next ->
          throw new Jump(next.file() ? Jump.Kind.NEXT_FILE : Jump.Kind.NEXT_RECORD);
      case Statement.Exit exit -> {
        if (exit.code().isPresent()) {
          exitCode = (int) evaluator.number(exit.code().get()) & 0xff;
        }
        throw new Jump(Jump.Kind.EXIT);
      }
      case Statement.Delete delete -> evaluator.delete(delete);
      default -> throw new IllegalStateException(statement.toString());
    }
  }

  private Flow executeAll(List<Statement> statements) throws IOException {
    for (Statement statement : statements) {
      Flow flow = execute(statement);
      if (flow != Flow.NORMAL) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }

  private Flow branch(Statement.If branch) throws IOException {
    if (evaluator.isTrue(branch.condition())) {
      return execute(branch.then());
    }
    return branch.otherwise().isPresent() ? execute(branch.otherwise().get()) : Flow.NORMAL;
  }

  private Flow loop(
      Optional<Statement> start,
      Optional<Expression> condition,
      Optional<Statement> step,
      Statement body)
      throws IOException {
    if (start.isPresent()) {
      execute(start.get());
    }
    while (condition.isEmpty() || evaluator.isTrue(condition.get())) {
      Flow flow = execute(body);
      if (flow == Flow.BREAK) {
        return Flow.NORMAL;
      }
      if (flow == Flow.RETURN) {
        return flow;
      }
      if (step.isPresent()) {
        execute(step.get());
      }
    }
    return Flow.NORMAL;
  }

  private Flow doLoop(Statement.Do loop) throws IOException {
    do {
      Flow flow = execute(loop.body());
      if (flow == Flow.BREAK) {
        return Flow.NORMAL;
      }
      if (flow == Flow.RETURN) {
        return flow;
      }
    } while (evaluator.isTrue(loop.condition()));
    return Flow.NORMAL;
  }

  private Flow forIn(Statement.ForIn loop) throws IOException {
    for (String key : List.copyOf(evaluator.array(loop.array()).keySet())) {
      evaluator.assign(loop.variable(), Value.input(key));
      Flow flow = execute(loop.body());
      if (flow == Flow.BREAK) {
        return Flow.NORMAL;
      }
      if (flow == Flow.RETURN) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }

  private void print(Statement.Print print) throws IOException {
    StringBuilder text = new StringBuilder();
    if (print.formatted()) {
      text.append(evaluator.format(print.arguments()));
    } else {
      String separator = machine.globals().text(Globals.OFS);
      String format = machine.globals().text(Globals.OFMT);
      for (int i = 0; i < print.arguments().size(); i++) {
        Value value = evaluator.evaluate(print.arguments().get(i));
        text.append(i == 0 ? "" : separator).append(value.toText(format));
      }
      if (print.arguments().isEmpty()) {
        text.append(machine.fields().get(0).toText(format));
      }
      text.append(machine.globals().text(Globals.ORS));
    }
    String destination =
        print.destination().isPresent() ? evaluator.text(print.destination().get()) : "";
    Output output = machine.streams().writer(print.redirection(), destination);
    output.print(text.toString());
    if (destination.equals("/dev/stderr")) {
      output.flush();
    }
  }
}
