package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.builtin.FileTests;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Condition;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.regex.PatternSyntaxException;

/** Whether what stands between double brackets holds. */
final class Conditions {

  private final Expander expander;
  private final FileTests tests;
  private final Task task;

  Conditions(Task task, Expander expander) {
    this.task = task;
    this.expander = expander;
    this.tests = new FileTests(task);
  }

  boolean holds(Condition condition) throws IOException {
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
      case "=~" -> find(left, binary.right());
      case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> compareNumbers(binary, left);
      default -> tests.binary(binary.operator(), left, expander.text(binary.right()));
    };
  }

  private boolean compareNumbers(Condition.Binary binary, String left) throws IOException {
    int order =
        Long.compare(FileTests.number(left), FileTests.number(expander.text(binary.right())));
    return FileTests.holds(binary.operator(), order);
  }

  private boolean find(String text, Word expression) throws IOException {
    String written = expander.pattern(expression);
    try {
      return java.util.regex.Pattern.compile(RegularExpressions.toJava(written))
          .matcher(new Interruptible(text, task))
          .find();
    } catch (PatternSyntaxException e) {
      throw new ExpansionException("bad regex '" + written + "'");
    }
  }

  /** Text that lets a task end while an expression looks at it again and again. */
  private record Interruptible(String text, Task task) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      task.checkpoint();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
