package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.MemoryAccount;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A shell's variables, with those that functions and single commands cover for a while. */
public final class Variables {

  private static final int OVERHEAD = 64;
  private static final int MAX_REFERENCES = 8;

  private final MemoryAccount memory;
  private final String readOnlyText;
  private final Map<String, Variable> variables = new HashMap<>();
  private final Deque<Scope> scopes = new ArrayDeque<>();

  /**
   * Where variables are covered.
   *
   * @param ofCommand whether by the assignments before a command, else by a function's own
   * @param covered what they are again when it ends
   */
  private record Scope(boolean ofCommand, Map<String, Optional<Variable>> covered) {

    Scope(boolean ofCommand) {
      this(ofCommand, new LinkedHashMap<>());
    }
  }

  /**
   * None.
   *
   * @param readOnlyText what is said of a variable that must not change
   */
  Variables(MemoryAccount memory, String readOnlyText) {
    this.memory = memory;
    this.readOnlyText = readOnlyText;
  }

  /** The same for a subshell. */
  Variables copy() {
    Variables copy = new Variables(memory, readOnlyText);
    variables.forEach((name, variable) -> copy.variables.put(name, share(variable)));
    scopes.forEach(scope -> {
      Scope same = new Scope(scope.ofCommand());
      scope
          .covered()
          .forEach((name, variable) -> same.covered().put(name, variable.map(Variables::share)));
      copy.scopes.addLast(same);
    });
    return copy;
  }

  private static Variable share(Variable variable) {
    return variable.with(variable.text(), variable.array().map(ArrayValue::share));
  }

  /** A variable as it is; one that there is not has nothing. */
  public Variable variable(String name) {
    String target = target(name);
    return ElementName.of(target).map(it -> it.in(find(it.array()))).orElseGet(() -> find(target));
  }

  /** The variable that a name means: another one if it is only a reference. */
  public String target(String name) {
    String target = name;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      Variable variable = find(target);
      if (!variable.isReference() || variable.text().isEmpty()) {
        return target;
      }
      target = variable.text().get();
    }
    return target;
  }

  /** A variable's value. */
  public Optional<String> get(String name) {
    Variable variable = variables.get(name);
    if (variable == null) {
      return Optional.empty();
    }
    return variable.isReference() ? variable(name).value() : variable.value();
  }

  /** A variable's value, or another text if it has none. */
  public String get(String name, String otherwise) {
    return get(name).orElse(otherwise);
  }

  /**
   * Gives a variable a value; an array gets it at 0.
   *
   * @throws ExpansionException if it is read-only
   */
  public void set(String name, String value) throws ExpansionException {
    String target = target(name);
    Optional<ElementName> element = ElementName.of(target);
    if (element.isPresent()) {
      setElement(element.get().array(), element.get().key(), value);
      return;
    }
    Variable old = writable(target);
    if (old.array().isPresent()) {
      setElement(target, "0", value);
    } else {
      put(target, old.with(Optional.of(value), Optional.empty()));
    }
  }

  /** Gives an array's element a value, and makes an array of what is none yet. */
  public void setElement(String name, String key, String value) throws ExpansionException {
    String target = target(name);
    Variable old = writable(target);
    ArrayValue array = old.array().map(ArrayValue::changeable).orElseGet(() -> ofText(old.text()));
    array.put(key, value);
    put(target, old.with(Optional.empty(), Optional.of(array)));
  }

  /** Removes an element. */
  public void unsetElement(String name, String key) throws ExpansionException {
    String target = target(name);
    Variable old = writable(target);
    if (old.array().isPresent()) {
      ArrayValue array = old.array().get().changeable();
      array.remove(key);
      put(target, old.with(Optional.empty(), Optional.of(array)));
    }
  }

  private static ArrayValue ofText(Optional<String> text) {
    ArrayValue array = new ArrayValue(false);
    text.ifPresent(value -> array.put("0", value));
    return array;
  }

  /** Makes a variable an array without elements. */
  public void clearArray(String name, boolean associative) throws ExpansionException {
    String target = target(name);
    Variable old = writable(target);
    put(target, old.with(Optional.empty(), Optional.of(new ArrayValue(associative))));
  }

  /** Makes a variable an array, which keeps its elements if it is one of that kind. */
  public void makeArray(String name, boolean associative) throws ExpansionException {
    Variable old = variable(name);
    if (old.array().isEmpty() || old.isAssociative() != associative) {
      clearArray(name, associative);
      if (old.text().isPresent() && !associative) {
        setElement(name, "0", old.text().get());
      }
    }
  }

  /** Gives an attribute to the variable of just that name, or takes it away. */
  public void mark(String name, Variable.Attribute attribute, boolean on) {
    put(name, find(name).with(attribute, on));
  }

  /** Gives a variable a value; a reference gets to mean another variable. */
  void setOrRefer(String name, String value) throws ExpansionException {
    if (find(name).isReference()) {
      refer(name, value);
    } else {
      set(name, value);
    }
  }

  /** Lets a name mean another variable. */
  public void refer(String name, String target) {
    put(
        name,
        new Variable(
            Optional.of(target), Optional.empty(), Set.of(Variable.Attribute.REFERENCE), 0));
  }

  /** Gives a variable a value that programs get, or marks one so. */
  public void export(String name, Optional<String> value) throws ExpansionException {
    if (value.isPresent()) {
      set(name, value.get());
    }
    mark(target(name), Variable.Attribute.EXPORTED, true);
  }

  /** Takes the mark off that programs get it. */
  public void unexport(String name) {
    mark(target(name), Variable.Attribute.EXPORTED, false);
  }

  /** Makes a variable read-only. */
  public void protect(String name, Optional<String> value) throws ExpansionException {
    if (value.isPresent()) {
      set(name, value.get());
    }
    mark(target(name), Variable.Attribute.READ_ONLY, true);
  }

  /** Removes a variable. */
  public void unset(String name) throws ExpansionException {
    String target = target(name);
    Optional<ElementName> element = ElementName.of(target);
    if (element.isPresent()) {
      unsetElement(element.get().array(), element.get().key());
      return;
    }
    writable(target);
    forget(target);
  }

  /** The same as bash does it: of a caller's variable, what that one covers is there again. */
  public void uncover(String name) throws ExpansionException {
    String target = target(name);
    Optional<Map<String, Optional<Variable>>> caller =
        scopes.stream()
            .map(Scope::covered)
            .filter(it -> it.containsKey(target))
            .findFirst()
            .filter(_ -> !scopes.element().covered().containsKey(target));
    if (caller.isEmpty()) {
      unset(name);
      return;
    }
    writable(target);
    restore(target, caller.get().getOrDefault(target, Optional.empty()));
    caller.get().remove(target);
  }

  private void restore(String name, Optional<Variable> before) {
    forget(name);
    before.ifPresent(variable -> put(name, variable));
  }

  /** Removes the variable of just that name, though it refer to another one. */
  public void forget(String name) {
    Variable old = variables.remove(name);
    if (old != null) {
      memory.charge(-old.charged());
    }
  }

  private Variable find(String name) {
    return variables.getOrDefault(name, Variable.NONE);
  }

  private Variable writable(String name) throws ExpansionException {
    Variable variable = find(name);
    if (variable.readOnly()) {
      throw new ExpansionException(name + ": " + readOnlyText);
    }
    return variable;
  }

  private void put(String name, Variable variable) {
    long content =
        variable
            .array()
            .map(ArrayValue::size)
            .orElseGet(() -> 2L * variable.text().orElse("").length());
    long size = OVERHEAD + 2L * name.length() + content;
    memory.charge(size);
    Variable old =
        variables.put(
            name, new Variable(variable.text(), variable.array(), variable.attributes(), size));
    if (old != null) {
      memory.charge(-old.charged());
    }
  }

  /** Begins a function's scope, whose local variables are forgotten with it. */
  void openScope() {
    scopes.push(new Scope(false));
  }

  /** The same for a command with assignments before it. */
  void openCommand() {
    scopes.push(new Scope(true));
  }

  /** Whether there is a scope that a variable can be local to. */
  public boolean hasScope() {
    return !scopes.isEmpty();
  }

  /**
   * Keeps what a variable is now, to be that again when the scope ends.
   *
   * @return whether it was not local to the scope before
   */
  public boolean cover(String name) {
    Map<String, Optional<Variable>> scope = scopes.element().covered();
    boolean first = !scope.containsKey(name);
    scope.putIfAbsent(name, Optional.ofNullable(variables.get(name)));
    return first;
  }

  /**
   * Whether an assignment before a call has given a variable its value, or another one's of that
   * name: in bash it is that of functions' own variables, too, until they change it.
   */
  public boolean isGiven(String name) {
    return scopes.stream()
        .skip(1)
        .anyMatch(scope -> scope.ofCommand() && scope.covered().containsKey(name));
  }

  /** Ends a scope. */
  void closeScope() {
    scopes.pop().covered().forEach(this::restore);
  }

  /** What programs get. */
  Map<String, String> exported() {
    Map<String, String> environment = new TreeMap<>();
    variables.forEach((name, variable) -> {
      if (variable.exported() && variable.array().isEmpty()) {
        variable.text().ifPresent(value -> environment.put(name, value));
      }
    });
    return environment;
  }

  /** All of them, by name. */
  public Map<String, Variable> all() {
    return new TreeMap<>(variables);
  }

  /** Gives back the memory of all. */
  void release() {
    Collection<Variable> all = List.copyOf(variables.values());
    variables.clear();
    memory.charge(-all.stream().mapToLong(Variable::charged).sum());
  }
}
