package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.Variable.Attribute;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gives variables and elements of arrays their values. */
public final class Assignments {

  private final ShellState state;
  private final Expander expander;
  private final Trace trace;

  Assignments(ShellState state, Expander expander, Trace trace) {
    this.state = state;
    this.expander = expander;
    this.trace = trace;
  }

  /** Does what an assignment says, and answers it with the value in the word's place. */
  String assign(Command.Assignment assignment) throws IOException {
    String name = assignment.name();
    String operator = assignment.append() ? "+=" : "=";
    Optional<Part.ArrayLiteral> list = assignment.list();
    if (list.isPresent()) {
      trace.written(name + operator + "(" + list.get().text() + ")");
      list(assignment);
      return name + "=()";
    }
    String value = expander.assigned(assignment.value());
    Optional<Word> subscript = assignment.subscript();
    if (subscript.isPresent()) {
      String target = state.variables().target(name);
      String key = expander.subscript(target, subscript.get());
      trace.assignment(name + "[" + key + "]" + operator, value);
      element(target, key, value, assignment.append());
    } else {
      trace.assignment(name + operator, value);
      SimpleCommands.assign(state, name, value(name, value, assignment.append()));
    }
    return name + operator + value;
  }

  /** Gives a variable what was written for it, as its attributes make it. */
  public void assign(String name, String written, boolean append) throws IOException {
    SimpleCommands.assign(state, name, value(name, written, append));
  }

  /** The value that an assignment gives. */
  String value(String name, String written, boolean append) throws IOException {
    Variable variable = state.variables().variable(name);
    return made(variable, variable.value(), written, append);
  }

  /** Gives an array's element what was written for it. */
  public void element(String name, String key, String written, boolean append) throws IOException {
    Variable variable = state.variables().variable(name);
    state.variables().setElement(name, key, made(variable, variable.element(key), written, append));
  }

  private String made(Variable variable, Optional<String> old, String written, boolean append)
      throws IOException {
    String value = written;
    if (variable.attributes().contains(Attribute.INTEGER)) {
      Word sum =
          new Word(
              List.of(
                  new Part.Literal(
                      append ? "(" + old.orElse("0") + ")+(" + value + ")" : value, true)));
      return Long.toString(expander.calculate(sum));
    }
    value = append ? old.orElse("") + value : value;
    if (variable.attributes().contains(Attribute.LOWER)) {
      return value.toLowerCase(Locale.ROOT);
    }
    return variable.attributes().contains(Attribute.UPPER) ? value.toUpperCase(Locale.ROOT) : value;
  }

  /**
   * A list whose words are what they stand for now, for a declaration that gives it later: what it
   * declares may cover what they tell.
   *
   * @param associative whether its words are not split
   */
  Command.Assignment expanded(Command.Assignment assignment, boolean associative)
      throws IOException {
    List<Command.Assignment> elements = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (Command.Assignment element : assignment.list().orElseThrow().elements()) {
      if (element.subscript().isPresent()) {
        String key = expander.text(element.subscript().get());
        String value = expander.assigned(element.value());
        elements.add(
            new Command.Assignment("", Optional.of(quoted(key)), element.append(), quoted(value)));
        shown.add("[" + Quoting.quoteForBash(key) + "]=" + Quoting.quoteForBash(value));
        continue;
      }
      List<String> values =
          associative
              ? List.of(expander.assigned(element.value()))
              : expander.fields(List.of(element.value()));
      for (String value : values) {
        elements.add(new Command.Assignment("", Optional.empty(), false, quoted(value)));
        shown.add(Quoting.quoteForBash(value));
      }
    }
    String text = String.join(" ", shown);
    trace.written(assignment.name() + (assignment.append() ? "+=(" : "=(") + text + ")");
    return new Command.Assignment(
        assignment.name(),
        assignment.subscript(),
        assignment.append(),
        new Word(List.of(new Part.ArrayLiteral(elements, text))));
  }

  private static Word quoted(String text) {
    return new Word(List.of(new Part.Literal(text, true)));
  }

  /** Gives an array the values of a list. */
  public void list(Command.Assignment assignment) throws IOException {
    String name = state.variables().target(assignment.name());
    Variable old = state.variables().variable(name);
    List<Command.Assignment> elements = assignment.list().orElseThrow().elements();
    List<Value> values = old.isAssociative() ? pairs(elements) : numbered(name, elements);
    if (!assignment.append()) {
      state.variables().clearArray(name, old.isAssociative());
    } else {
      state.variables().makeArray(name, old.isAssociative());
    }
    long next = assignment.append() && !old.isAssociative() ? end(name) : 0;
    for (Value value : values) {
      String key = value.key().orElse(Long.toString(next));
      element(name, key, value.text(), value.append());
      next = old.isAssociative() ? 0 : Long.parseLong(key) + 1;
    }
  }

  private record Value(Optional<String> key, String text, boolean append) {}

  private long end(String name) {
    List<String> keys = state.variables().variable(name).keys();
    return keys.isEmpty() ? 0 : Long.parseLong(keys.getLast()) + 1;
  }

  /** All are expanded before any is given: they may tell of the old values. */
  private List<Value> numbered(String name, List<Command.Assignment> elements) throws IOException {
    List<Value> values = new ArrayList<>();
    for (Command.Assignment element : elements) {
      if (element.subscript().isPresent()) {
        String key = expander.subscript(name, element.subscript().get());
        String text = expander.assigned(element.value());
        values.add(new Value(Optional.of(key), text, element.append()));
      } else {
        for (String field : expander.fields(List.of(element.value()))) {
          values.add(new Value(Optional.empty(), field, false));
        }
      }
    }
    return values;
  }

  /** Of texts: with subscripts, or as keys and values in turn. */
  private List<Value> pairs(List<Command.Assignment> elements) throws IOException {
    List<Value> values = new ArrayList<>();
    Optional<String> key = Optional.empty();
    for (Command.Assignment element : elements) {
      String text = expander.assigned(element.value());
      if (element.subscript().isPresent()) {
        String own = expander.text(element.subscript().get());
        values.add(new Value(Optional.of(own), text, element.append()));
      } else if (key.isEmpty()) {
        key = Optional.of(text);
      } else {
        values.add(new Value(key, text, false));
        key = Optional.empty();
      }
    }
    key.ifPresent(last -> values.add(new Value(Optional.of(last), "", false)));
    return values;
  }
}
