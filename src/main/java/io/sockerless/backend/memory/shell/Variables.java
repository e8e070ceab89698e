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
import java.util.TreeMap;

/** A shell's variables, with those that functions and single commands cover for a while. */
public final class Variables {

  private static final int OVERHEAD = 64;

  /**
   * A variable; without a value it is only marked.
   *
   * @param charged what the container's memory account was told of it
   */
  public record Variable(Optional<String> value, boolean exported, boolean readOnly, long charged) {

    private static final Variable NONE = new Variable(Optional.empty(), false, false, 0);
  }

  private final MemoryAccount memory;
  private final Map<String, Variable> variables = new HashMap<>();
  private final Deque<Map<String, Optional<Variable>>> covered = new ArrayDeque<>();

  /** None. */
  Variables(MemoryAccount memory) {
    this.memory = memory;
  }

  /** The same for a subshell. */
  Variables copy() {
    Variables copy = new Variables(memory);
    variables.forEach((name, variable) ->
        copy.variables.put(
            name, new Variable(variable.value, variable.exported, variable.readOnly, 0)));
    covered.forEach(scope -> copy.covered.addLast(new HashMap<>(scope)));
    return copy;
  }

  /** A variable's value. */
  public Optional<String> get(String name) {
    Variable variable = variables.get(name);
    return variable == null ? Optional.empty() : variable.value;
  }

  /** A variable's value, or another text if it has none. */
  public String get(String name, String otherwise) {
    return get(name).orElse(otherwise);
  }

  /**
   * Gives a variable a value.
   *
   * @throws ExpansionException if it is read-only
   */
  public void set(String name, String value) throws ExpansionException {
    Variable old = writable(name);
    put(name, new Variable(Optional.of(value), old.exported, false, 0));
  }

  /** Gives a variable a value that programs get, or marks one so. */
  public void export(String name, Optional<String> value) throws ExpansionException {
    Variable old = value.isPresent() ? writable(name) : find(name);
    put(name, new Variable(value.or(old::value), true, old.readOnly, 0));
  }

  /** Takes the mark off that programs get it. */
  public void unexport(String name) {
    Variable old = find(name);
    put(name, new Variable(old.value, false, old.readOnly, 0));
  }

  /** Makes a variable read-only. */
  public void protect(String name, Optional<String> value) throws ExpansionException {
    Variable old = value.isPresent() ? writable(name) : find(name);
    put(name, new Variable(value.or(old::value), old.exported, true, 0));
  }

  /** Removes a variable. */
  public void unset(String name) throws ExpansionException {
    writable(name);
    Variable old = variables.remove(name);
    if (old != null) {
      memory.charge(-old.charged);
    }
  }

  private Variable find(String name) {
    return variables.getOrDefault(name, Variable.NONE);
  }

  private Variable writable(String name) throws ExpansionException {
    Variable variable = find(name);
    if (variable.readOnly) {
      throw new ExpansionException(name + ": is read only");
    }
    return variable;
  }

  private void put(String name, Variable variable) {
    long size = OVERHEAD + 2L * (name.length() + variable.value.orElse("").length());
    memory.charge(size);
    Variable old =
        variables.put(
            name, new Variable(variable.value, variable.exported, variable.readOnly, size));
    if (old != null) {
      memory.charge(-old.charged);
    }
  }

  /** Begins a scope whose local variables are forgotten with it. */
  void openScope() {
    covered.push(new LinkedHashMap<>());
  }

  /** Whether there is a scope that a variable can be local to. */
  public boolean hasScope() {
    return !covered.isEmpty();
  }

  /** Keeps what a variable is now, to be that again when the scope ends. */
  public void cover(String name) {
    covered.element().putIfAbsent(name, Optional.ofNullable(variables.get(name)));
  }

  /** Ends a scope. */
  void closeScope() {
    covered
        .pop()
        .forEach((name, old) -> {
          Variable now = variables.remove(name);
          if (now != null) {
            memory.charge(-now.charged);
          }
          old.ifPresent(variable -> put(name, variable));
        });
  }

  /** What programs get. */
  Map<String, String> exported() {
    Map<String, String> environment = new TreeMap<>();
    variables.forEach((name, variable) -> {
      if (variable.exported) {
        variable.value.ifPresent(value -> environment.put(name, value));
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
