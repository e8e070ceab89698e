package io.sockerless.backend.memory.shell.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

  private static final class Variables implements Context {
    private final Map<String, String> values = new HashMap<>();
    private final Task task;

    Variables(Task task) {
      this.task = task;
    }

    @Override
    public Task task() {
      return task;
    }

    @Override
    public Optional<String> parameter(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public List<String> positional() {
      return List.of();
    }

    @Override
    public void assign(String name, String value) {
      values.put(name, value);
    }

    @Override
    public List<String> keys(String name) {
      return values.containsKey(name) ? List.of("0") : List.of();
    }

    @Override
    public List<String> values(String name) {
      return parameter(name).stream().toList();
    }

    @Override
    public boolean isAssociative(String name) {
      return false;
    }

    @Override
    public Optional<String> referred(String name) {
      return Optional.empty();
    }

    @Override
    public String attributes(String name) {
      return "";
    }

    @Override
    public String declaration(String name) {
      return "";
    }

    @Override
    public String pairs(String name) {
      return "";
    }

    @Override
    public String promptEscapes(String text) {
      return "";
    }

    @Override
    public List<String> names(String prefix) {
      return values.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public String shellName() {
      return "test";
    }

    @Override
    public Dialect dialect() {
      return Dialect.ASH;
    }

    @Override
    public String process(Command command, boolean read) {
      throw new AssertionError("an expression has no commands");
    }

    @Override
    public boolean isReplacingWithMatch() {
      return false;
    }

    @Override
    public boolean isNullGlobbing() {
      return false;
    }

    @Override
    public boolean isDotGlobbing() {
      return false;
    }

    @Override
    public boolean isGlobbingDeep() {
      return false;
    }

    @Override
    public Pattern pattern(String text) {
      return Pattern.of(text);
    }

    @Override
    public String substitute(Command command) {
      throw new AssertionError("an expression has no commands");
    }

    @Override
    public boolean isGlobbing() {
      return false;
    }

    @Override
    public boolean isStrict() {
      return false;
    }
  }

  /** Evaluates in a task, since the evaluation lets tasks end. */
  private static long evaluate(String expression) throws IOException {
    long[] value = new long[1];
    IOException[] failure = new IOException[1];
    new Sandbox()
        .run(
            task -> {
              try {
                value[0] = new Arithmetic(new Variables(task)).evaluate(expression);
              } catch (ExpansionException e) {
                failure[0] = e;
              }
              return 0;
            },
            "calculate");
    if (failure[0] != null) {
      throw failure[0];
    }
    return value[0];
  }

  @Property(tries = 100)
  void sumsAndProductsAreThoseOfLongs(@ForAll long a, @ForAll long b, @ForAll int c)
      throws IOException {
    assertThat(evaluate("(" + a + ") + " + b + " * " + c + " - (" + a + ")"))
        .isEqualTo(a + b * c - a);
  }

  @Property(tries = 100)
  void quotientsAreThoseOfLongs(@ForAll long a, @ForAll @IntRange(min = 1) int b)
      throws IOException {
    assertThat(evaluate(a + " / " + b + " * 3 + " + a + " % -" + b)).isEqualTo(a / b * 3 + a % -b);
  }

  @Property(tries = 100)
  void bitsAreThoseOfLongs(@ForAll long a, @ForAll long b, @ForAll @IntRange(max = 63) int shift)
      throws IOException {
    assertThat(evaluate("(" + a + " & " + b + ") ^ ~" + a + " | " + b + " << " + shift))
        .isEqualTo((a & b) ^ ~a | b << shift);
  }

  @Property(tries = 100)
  void comparisonsAreThoseOfLongs(@ForAll int a, @ForAll int b) throws IOException {
    boolean expected = a < b && a != 0 || a >= b && b != 0;

    assertThat(evaluate(a + "<" + b + "&&" + a + "||" + a + ">=" + b + "&&" + b))
        .isEqualTo(expected ? 1 : 0);
  }

  @Test
  void nonsenseIsAnError() {
    assertThatExceptionOfType(ExpansionException.class)
        .isThrownBy(() -> evaluate("1 2"))
        .withMessage("arithmetic syntax error");
    assertThatExceptionOfType(ExpansionException.class)
        .isThrownBy(() -> evaluate("1 / 0"))
        .withMessage("divide by zero");
  }
}
