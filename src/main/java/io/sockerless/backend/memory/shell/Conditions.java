package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.syntax.Condition;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.text.TestPrimaries;
import java.io.IOException;

/** Whether what stands between double brackets holds. */
final class Conditions {

  private final Expander expander;
  private final Messages messages;
  private final TestPrimaries tests;

  Conditions(Task task, Expander expander, Messages messages) {
    this.expander = expander;
    this.messages = messages;
    this.tests = new TestPrimaries(task);
  }

  /** 0 if it holds, 1 if not, and 2 if it makes no sense, which is told. */
  int status(Condition condition) throws IOException {
    try {
      return holds(condition) ? 0 : 1;
    } catch (Failure e) {
      messages.error(e.getMessage());
      return e.code();
    }
  }

  private boolean holds(Condition condition) throws IOException {
    return switch (condition) {
      case Condition.And and -> holds(and.left()) && holds(and.right());
      case Condition.Or or -> holds(or.left()) || holds(or.right());
      case Condition.Not not -> !holds(not.condition());
      case Condition.Unary unary -> tests.unary(unary.operator(), expander.text(unary.operand()));
      case Condition.Binary binary -> compare(binary);
    };
  }

  private boolean compare(Condition.Binary binary) throws IOException {
    String left = expander.text(binary.left());
    return switch (binary.operator()) {
      case "=", "==" -> Pattern.of(expander.pattern(binary.right())).matches(left);
      case "!=" -> !Pattern.of(expander.pattern(binary.right())).matches(left);
      default -> tests.binary(binary.operator(), left, expander.text(binary.right()));
    };
  }
}
