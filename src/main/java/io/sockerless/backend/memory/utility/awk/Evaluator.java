package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes a script's expressions. */
final class Evaluator {

  private static final int LARGE = 65_536;

  /** What an element of an array costs beyond its text. */
  private static final int ELEMENT = 120;

  private final Machine machine;
  private final Interpreter interpreter;
  private final Builtins builtins;
  private Slot[] locals = {};

  Evaluator(Machine machine, Interpreter interpreter) {
    this.machine = machine;
    this.interpreter = interpreter;
    this.builtins = new Builtins(machine, this);
  }

  boolean isTrue(Expression expression) throws IOException {
    return evaluate(expression).isTrue();
  }

  double number(Expression expression) throws IOException {
    return evaluate(expression).toNumber();
  }

  String text(Expression expression) throws IOException {
    return text(evaluate(expression));
  }

  String text(Value value) throws Failure {
    return value.text().isPresent()
        ? value.text().get()
        : value.toText(machine.globals().text(Globals.CONVFMT));
  }

  Value evaluate(Expression expression) throws IOException {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Variable variable -> variable(variable);
      case Expression.Field field -> machine.fields().get(fieldNumber(field));
      case Expression.Element element -> element(element);
      case Expression.Regex regex -> Value.of(matches(machine.fields().get(0), regex.regex()));
      case Expression.Group group -> evaluate(group.inner());
      case Expression.Assign assign -> assign(assign);
      case Expression.Conditional conditional ->
          evaluate(isTrue(conditional.condition()) ? conditional.then() : conditional.otherwise());
      case Expression.Or or -> Value.of(isTrue(or.left()) || isTrue(or.right()));
      case Expression.And and -> Value.of(isTrue(and.left()) && isTrue(and.right()));
      case Expression.In in -> Value.of(array(in.array()).containsKey(key(in.subscripts())));
      case Expression.Matches matches -> {
        Value subject = evaluate(matches.text());
        yield Value.of(matches(subject, regex(matches.regex())) != matches.negated());
      }
      case Expression.Compare compare -> compare(compare);
      case Expression.Concatenate concatenate -> {
        String left = text(concatenate.left());
        yield Value.of(left.concat(text(concatenate.right())));
      }
      case Expression.Arithmetic arithmetic ->
          arithmetic(arithmetic.operator(), number(arithmetic.left()), number(arithmetic.right()));
      case Expression.Unary unary ->
          switch (unary.operator()) {
            case '!' -> Value.of(!isTrue(unary.operand()));
            case '-' -> Value.of(-number(unary.operand()));
            default -> Value.of(number(unary.operand()));
          };
      case Expression.Step step -> step(step);
      case Expression.Call call -> call(call);
      case Expression.Builtin builtin -> builtins.call(builtin.name(), builtin.arguments());
      case Expression.Getline getline -> getline(getline);
    };
  }

  Slot slot(Expression.Variable variable) {
    return variable.local() ? locals[variable.index()] : machine.globals().slot(variable.index());
  }

  private static boolean isFieldCount(Expression.Variable variable) {
    return !variable.local() && variable.index() == Globals.NF;
  }

  private Value variable(Expression.Variable variable) throws IOException {
    if (isFieldCount(variable)) {
      return Value.of(machine.fields().count());
    }
    return slot(variable).value();
  }

  Map<String, Value> array(Expression.Variable variable) throws Failure {
    return slot(variable).array();
  }

  private int fieldNumber(Expression.Field field) throws IOException {
    double number = number(field.number());
    if (number < 0) {
      throw new Failure("Access to negative field");
    }
    return (int) number;
  }

  private String key(List<Expression> subscripts) throws IOException {
    if (subscripts.size() == 1) {
      return text(subscripts.getFirst());
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < subscripts.size(); i++) {
      key.append(i == 0 ? "" : machine.globals().text(Globals.SUBSEP))
          .append(text(subscripts.get(i)));
    }
    return key.toString();
  }

  private Value element(Expression.Element element) throws IOException {
    String key = key(element.subscripts());
    Map<String, Value> array = array(element.array());
    Value value = array.get(key);
    if (value == null) {
      put(array, key, Value.UNSET);
      return Value.UNSET;
    }
    return value;
  }

  void put(Map<String, Value> array, String key, Value value) {
    if (array.put(key, value) == null) {
      machine.charge().add(ELEMENT + key.length() + value.text().map(String::length).orElse(0));
    }
  }

  void delete(Statement.Delete delete) throws IOException {
    Map<String, Value> array = array(delete.array());
    if (delete.subscripts().isEmpty()) {
      machine.charge().add(-(long) ELEMENT * array.size());
      array.clear();
    } else if (array.remove(key(delete.subscripts())) != null) {
      machine.charge().add(-ELEMENT);
    }
  }

  PosixRegex regex(Expression expression) throws IOException {
    return expression instanceof Expression.Regex(PosixRegex regex)
        ? regex
        : machine.regexes().of(text(expression));
  }

  private boolean matches(Value value, PosixRegex regex) throws IOException {
    byte[] bytes = Text.encode(text(value));
    return regex.isIn(bytes, 0, bytes.length);
  }

  private Value assign(Expression.Assign assign) throws IOException {
    Value right = evaluate(assign.value());
    Value value =
        assign.operator() == '\0'
            ? right
            : arithmetic(assign.operator(), number(assign.target()), right.toNumber());
    assign(assign.target(), value);
    return value;
  }

  void assign(Expression.Target target, Value value) throws IOException {
    switch (target) {
      case Expression.Variable variable -> {
        if (isFieldCount(variable)) {
          machine.fields().setCount((int) value.toNumber());
          return;
        }
        Slot slot = slot(variable);
        chargeLarge(slot.value(), value);
        slot.set(value);
      }
      case Expression.Field field -> machine.fields().set(fieldNumber(field), value, text(value));
      case Expression.Element element ->
          put(array(element.array()), key(element.subscripts()), value);
    }
  }

  /** Small texts are not worth an account of their own. */
  private void chargeLarge(Value old, Value value) {
    int before = old.text().map(String::length).orElse(0);
    int after = value.text().map(String::length).orElse(0);
    if (before > LARGE || after > LARGE) {
      machine.charge().add((long) after - before);
    }
  }

  private Value step(Expression.Step step) throws IOException {
    double before = number(step.target());
    Value after = Value.of(before + step.by());
    assign(step.target(), after);
    return step.before() ? after : Value.of(before);
  }

  private static Value arithmetic(char operator, double left, double right) throws Failure {
    if ((operator == '/' || operator == '%') && right == 0) {
      throw new Failure("Division by zero");
    }
    return Value.of(
        switch (operator) {
          case '+' -> left + right;
          case '-' -> left - right;
          case '*' -> left * right;
          case '/' -> left / right;
          case '%' -> left % right;
          default -> Math.pow(left, right);
        });
  }

  private Value compare(Expression.Compare compare) throws IOException {
    Value left = evaluate(compare.left());
    Value right = evaluate(compare.right());
    int order;
    if (left.isNumber() && right.isNumber()) {
      order = Double.compare(left.toNumber() + 0.0, right.toNumber() + 0.0);
    } else {
      order = text(left).compareTo(text(right));
    }
    return Value.of(
        switch (compare.operator()) {
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case ">" -> order > 0;
          default -> order >= 0;
        });
  }

  private Value call(Expression.Call call) throws IOException {
    Script.Function function = machine.script().functions().get(call.function());
    if (function == null) {
      throw new Failure("Call to undefined function");
    }
    if (call.arguments().size() > function.parameters().size()) {
      throw new Failure("Too many arguments in a call of " + call.function());
    }
    Slot[] frame = new Slot[function.parameters().size()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = i < call.arguments().size() ? argument(call.arguments().get(i)) : new Slot();
    }
    Slot[] outer = locals;
    locals = frame;
    try {
      return interpreter.call(function.body());
    } finally {
      locals = outer;
    }
  }

  /** Arrays are passed by reference, values by themselves. */
  private Slot argument(Expression expression) throws IOException {
    if (expression instanceof Expression.Variable variable && !isFieldCount(variable)) {
      Slot slot = slot(variable);
      if (slot.isArray()) {
        return slot;
      }
      if (slot.isUntouched()) {
        return new Slot(slot);
      }
    }
    Slot slot = new Slot();
    slot.set(evaluate(expression));
    return slot;
  }

  String format(List<Expression> arguments) throws IOException {
    if (arguments.isEmpty()) {
      throw new Failure("Too few arguments");
    }
    List<Value> values = new ArrayList<>();
    for (Expression argument : arguments) {
      values.add(evaluate(argument));
    }
    String format = text(values.removeFirst());
    return Format.format(format, values, machine.globals().text(Globals.CONVFMT));
  }

  private Value getline(Expression.Getline getline) throws IOException {
    Optional<String> record;
    try {
      record = nextRecord(getline);
    } catch (PosixException | Input.ReadException e) {
      return Value.of(-1);
    }
    if (record.isEmpty()) {
      return Value.ZERO;
    }
    if (getline.target().isPresent()) {
      assign(getline.target().get(), Value.input(record.get()));
    } else {
      machine.fields().setRecord(record.get());
    }
    if (getline.command()) {
      double number = machine.globals().slot(Globals.NR).value().toNumber();
      machine.globals().set(Globals.NR, number + 1);
    }
    return Value.ONE;
  }

  private Optional<String> nextRecord(Expression.Getline getline) throws IOException {
    if (getline.source().isEmpty()) {
      return machine.input().next();
    }
    String source = text(getline.source().get());
    String separator = machine.globals().text(Globals.RS);
    return getline.command()
        ? machine.streams().readCommand(source, separator, machine.regexes())
        : machine.streams().readFile(source, separator, machine.regexes());
  }
}
