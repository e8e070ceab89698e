package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.Expression.Setting;
import io.sockerless.backend.memory.utility.calculate.Statement.Local;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates expressions of {@code bc}: its variables, arrays, functions and settings. */
final class Machine {

  /** Runs a function's statements and answers what they return. */
  @FunctionalInterface
  interface Runner {
    /** Runs them. */
    BigDecimal run(List<Statement> statements) throws IOException;
  }

  private static final int MAX_INPUT_BASE = 36;
  private static final int MAX_OUTPUT_BASE = 999;
  private static final int ELEMENT = 96;
  private static final int MAX_CALLS = 1_000;

  private final Task task;
  private final Lexer.Lines input;
  private final Charge charge;
  private final boolean library;
  private final Map<String, BigDecimal> variables = new HashMap<>();
  private final Map<String, Map<Integer, BigDecimal>> arrays = new HashMap<>();
  private final Map<String, Statement.Function> functions = new HashMap<>();
  private int inputBase = 10;
  private int outputBase = 10;
  private int scale;
  private BigDecimal last = BigDecimal.ZERO;
  private int calls;

  /**
   * An empty one.
   *
   * @param library whether there are the functions of {@link MathLibrary}
   */
  Machine(Task task, Lexer.Lines input, Charge charge, boolean library) {
    this.task = task;
    this.input = input;
    this.charge = charge;
    this.library = library;
    this.scale = library ? 20 : 0;
  }

  int outputBase() {
    return outputBase;
  }

  void setLast(BigDecimal value) {
    last = value;
  }

  void define(Statement.Function function) {
    functions.put(function.name(), function);
  }

  /** Whether an expression as a statement prints nothing, being a call of such a function. */
  boolean isSilent(Expression expression) {
    return expression instanceof Expression.Call call
        && functions.containsKey(call.function())
        && functions.get(call.function()).silent();
  }

  BigDecimal evaluate(Expression expression, Runner runner) throws IOException {
    task.checkpoint();
    return switch (expression) {
      case Expression.Literal it -> Digits.parse(it.digits(), inputBase);
      case Expression.Place it -> get(it, runner);
      case Expression.Assignment it -> assign(it, runner);
      case Expression.Step it -> step(it, runner);
      case Expression.Unary it -> unary(it.operator(), evaluate(it.operand(), runner));
      case Expression.Binary it -> binary(it, runner);
      case Expression.Builtin it -> builtin(it.name(), evaluate(it.argument(), runner));
      case Expression.Read it -> Digits.parse(input.next().orElse("0").strip(), inputBase);
      case Expression.Call it -> call(it, runner);
      case Expression.WholeArray it -> throw new Failure("bad expression at '" + it.name() + "'");
    };
  }

  boolean holds(Expression condition, Runner runner) throws IOException {
    return evaluate(condition, runner).signum() != 0;
  }

  private static BigDecimal unary(char operator, BigDecimal value) {
    return switch (operator) {
      case '-' -> value.negate();
      case '!' -> FixedPoint.of(value.signum() == 0);
      default -> value;
    };
  }

  private BigDecimal binary(Expression.Binary binary, Runner runner) throws IOException {
    String operator = binary.operator();
    BigDecimal left = evaluate(binary.left(), runner);
    BigDecimal right = evaluate(binary.right(), runner);
    int order = left.compareTo(right);
    return switch (operator) {
      case "&&" -> FixedPoint.of(left.signum() != 0 && right.signum() != 0);
      case "||" -> FixedPoint.of(left.signum() != 0 || right.signum() != 0);
      case "==" -> FixedPoint.of(order == 0);
      case "!=" -> FixedPoint.of(order != 0);
      case "<" -> FixedPoint.of(order < 0);
      case "<=" -> FixedPoint.of(order <= 0);
      case ">" -> FixedPoint.of(order > 0);
      case ">=" -> FixedPoint.of(order >= 0);
      default -> calculate(operator.charAt(0), left, right);
    };
  }

  private BigDecimal calculate(char operator, BigDecimal left, BigDecimal right) throws Failure {
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      case '*' -> FixedPoint.multiply(left, right, scale);
      case '/' -> FixedPoint.divide(left, right, scale);
      case '%' -> FixedPoint.remainder(left, right, scale);
      default -> FixedPoint.power(left, right, scale);
    };
  }

  private BigDecimal builtin(String name, BigDecimal value) throws Failure {
    return switch (name) {
      case "sqrt" -> FixedPoint.root(value, scale);
      case "scale" -> BigDecimal.valueOf(value.scale());
      default -> BigDecimal.valueOf(FixedPoint.length(value));
    };
  }

  private BigDecimal get(Expression.Place place, Runner runner) throws IOException {
    return switch (place) {
      case Expression.Variable it -> variables.getOrDefault(it.name(), BigDecimal.ZERO);
      case Expression.Element it -> {
        int index = FixedPoint.small(evaluate(it.index(), runner));
        yield array(it.array()).getOrDefault(index, BigDecimal.ZERO);
      }
      case Setting it ->
          switch (it.kind()) {
            case IBASE -> BigDecimal.valueOf(inputBase);
            case OBASE -> BigDecimal.valueOf(outputBase);
            case SCALE -> BigDecimal.valueOf(scale);
            case LAST -> last;
          };
    };
  }

  private Map<Integer, BigDecimal> array(String name) {
    return arrays.computeIfAbsent(name, it -> new HashMap<>());
  }

  private BigDecimal assign(Expression.Assignment assignment, Runner runner) throws IOException {
    BigDecimal value = evaluate(assignment.value(), runner);
    if (assignment.operator() != '=') {
      value = calculate(assignment.operator(), get(assignment.place(), runner), value);
    }
    set(assignment.place(), value, runner);
    return value;
  }

  private BigDecimal step(Expression.Step step, Runner runner) throws IOException {
    BigDecimal before = get(step.place(), runner);
    BigDecimal after = step.up() ? before.add(BigDecimal.ONE) : before.subtract(BigDecimal.ONE);
    set(step.place(), after, runner);
    return step.before() ? after : before;
  }

  private void set(Expression.Place place, BigDecimal value, Runner runner) throws IOException {
    switch (place) {
      case Expression.Variable it -> variables.put(it.name(), value);
      case Expression.Element it -> {
        int index = FixedPoint.small(evaluate(it.index(), runner));
        if (!array(it.array()).containsKey(index)) {
          charge.add(ELEMENT);
        }
        charge.add(value.unscaledValue().bitLength() / 1_024);
        array(it.array()).put(index, value);
      }
      case Setting it -> {
        switch (it.kind()) {
          case IBASE -> inputBase = base("ibase", value, MAX_INPUT_BASE, 16);
          case OBASE -> outputBase = base("obase", value, MAX_OUTPUT_BASE, MAX_OUTPUT_BASE);
          case SCALE -> {
            FixedPoint.requireDigits(FixedPoint.small(value));
            scale = FixedPoint.small(value);
          }
          case LAST -> last = value;
        }
      }
    }
  }

  private static int base(String name, BigDecimal value, int most, int told) throws Failure {
    if (value.compareTo(BigDecimal.TWO) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new Failure("bad " + name + "; must be [2," + told + "]");
    }
    return value.intValue();
  }

  private BigDecimal call(Expression.Call call, Runner runner) throws IOException {
    Optional<Statement.Function> function = Optional.ofNullable(functions.get(call.function()));
    if (function.isEmpty()) {
      return libraryCall(call, runner);
    }
    List<Local> parameters = function.get().parameters();
    if (parameters.size() != call.arguments().size()) {
      throw new Failure("mismatched parameters");
    }
    if (++calls > MAX_CALLS) {
      throw new Failure("functions call each other too deep");
    }
    List<Runnable> restoring = new ArrayList<>();
    List<Runnable> binding = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      binding.add(binding(parameters.get(i), call.arguments().get(i), runner));
    }
    parameters.forEach(local -> restoring.add(restoring(local)));
    function.get().autos().forEach(local -> restoring.add(restoring(local)));
    binding.forEach(Runnable::run);
    function.get().autos().forEach(this::clear);
    BigDecimal value = runner.run(function.get().body());
    restoring.forEach(Runnable::run);
    calls--;
    return value;
  }

  /** Evaluates an argument now, and gives it to its parameter when all of them are evaluated. */
  private Runnable binding(Local parameter, Expression argument, Runner runner) throws IOException {
    if (!parameter.array()) {
      BigDecimal value = evaluate(argument, runner);
      return () -> variables.put(parameter.name(), value);
    }
    if (!(argument instanceof Expression.WholeArray whole)) {
      throw new Failure("mismatched parameters");
    }
    Map<Integer, BigDecimal> copy = new HashMap<>(array(whole.name()));
    return () -> arrays.put(parameter.name(), copy);
  }

  private Runnable restoring(Local local) {
    if (local.array()) {
      Map<Integer, BigDecimal> before = array(local.name());
      return () -> arrays.put(local.name(), before);
    }
    BigDecimal before = variables.getOrDefault(local.name(), BigDecimal.ZERO);
    return () -> variables.put(local.name(), before);
  }

  private void clear(Local local) {
    if (local.array()) {
      arrays.put(local.name(), new HashMap<>());
    } else {
      variables.put(local.name(), BigDecimal.ZERO);
    }
  }

  private BigDecimal libraryCall(Expression.Call call, Runner runner) throws IOException {
    int wanted = call.function().equals("j") ? 2 : 1;
    boolean known = library && call.function().length() == 1 && "sclaej".contains(call.function());
    if (!known) {
      throw new Failure("undefined function");
    }
    if (call.arguments().size() != wanted) {
      throw new Failure("mismatched parameters");
    }
    BigDecimal first = evaluate(call.arguments().getFirst(), runner);
    MathLibrary functions = new MathLibrary(task, scale);
    return switch (call.function()) {
      case "s" -> functions.sine(first);
      case "c" -> functions.cosine(first);
      case "l" -> functions.logarithm(first);
      case "a" -> functions.arctangent(first);
      case "e" -> functions.exponential(first);
      default -> functions.bessel(first, evaluate(call.arguments().getLast(), runner));
    };
  }
}
