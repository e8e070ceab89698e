package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.ShellState;
import io.sockerless.backend.memory.shell.Variable;
import io.sockerless.backend.memory.shell.Variable.Attribute;
import io.sockerless.backend.memory.shell.VariableText;
import io.sockerless.backend.memory.shell.Variables;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bash's declarations, by whatever name: {@code declare}, {@code local}, {@code export}, {@code
 * readonly}.
 */
final class Declare {

  private static final String LETTERS = "aAfFgilnprtuxI";

  private final Invocation call;
  private final ShellState state;
  private final Variables variables;
  private final Map<Character, Boolean> letters = new TreeMap<>();

  private Declare(Invocation call) {
    this.call = call;
    this.state = call.state();
    this.variables = state.variables();
  }

  static int declare(Invocation call) throws IOException {
    return new Declare(call).run();
  }

  private int run() throws IOException {
    List<String> operands = options();
    if (call.name().equals("local") && state.functionDepth() == 0) {
      call.complain("can only be used in a function");
      return 1;
    }
    if (has('f') || has('F')) {
      return functions(operands);
    }
    if (operands.isEmpty()) {
      return list();
    }
    int status = 0;
    for (String operand : operands) {
      status |= isOnlyShown() ? show(operand) : apply(operand);
    }
    return status;
  }

  private boolean isOnlyShown() {
    return has('p') && !call.name().equals("export") && !call.name().equals("readonly");
  }

  /** Reads the options, and answers what follows them. */
  private List<String> options() {
    List<String> arguments = call.arguments();
    int i = 0;
    while (i < arguments.size() && arguments.get(i).matches("[-+][a-zA-Z]+|--")) {
      String argument = arguments.get(i++);
      if (argument.equals("--")) {
        break;
      }
      for (char letter : argument.substring(1).toCharArray()) {
        if (LETTERS.indexOf(letter) < 0) {
          throw call.abort("-" + letter + ": invalid option");
        }
        letters.put(letter, argument.charAt(0) == '-');
      }
    }
    if (call.name().equals("export")) {
      letters.put('x', !has('n'));
      letters.remove('n');
    } else if (call.name().equals("readonly")) {
      letters.put('r', true);
    }
    return arguments.subList(i, arguments.size());
  }

  private boolean has(char letter) {
    return letters.getOrDefault(letter, false);
  }

  private int functions(List<String> operands) throws IOException {
    Set<String> names = new TreeSet<>(state.functions().keySet());
    int status = 0;
    if (!operands.isEmpty()) {
      status = names.containsAll(operands) ? 0 : 1;
      names.retainAll(operands);
    }
    if (call.name().equals("export")) {
      markExported(names);
    } else if (!call.name().equals("readonly")) {
      for (String name : names) {
        Command.Function function = state.functions().get(name);
        if (function != null) {
          call.print(told(function, !operands.isEmpty()));
        }
      }
    }
    return status;
  }

  private void markExported(Set<String> names) {
    if (has('x')) {
      state.bash().exportedFunctions().addAll(names);
    } else {
      state.bash().exportedFunctions().removeAll(names);
    }
  }

  private String told(Command.Function function, boolean asked) {
    if (!has('F')) {
      return function.definition();
    }
    boolean exported = state.bash().exportedFunctions().contains(function.name());
    return (asked ? "" : exported ? "declare -fx " : "declare -f ") + function.name() + "\n";
  }

  private int list() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean local = call.name().equals("local");
    variables
        .all()
        .forEach((name, variable) -> {
          boolean shown =
              call.name().equals("export")
                  ? variable.exported()
                  : !call.name().equals("readonly") || variable.readOnly();
          if (shown && !local) {
            text.append(VariableText.declaration(name, variable)).append('\n');
          }
        });
    call.print(text.toString());
    return 0;
  }

  private int show(String name) throws IOException {
    Variable variable = variables.all().get(name);
    if (variable == null) {
      call.complain(name + ": not found");
      return 1;
    }
    call.print(VariableText.declaration(name, variable) + "\n");
    return 0;
  }

  private int apply(String operand) throws IOException {
    if (operand.equals("-") && call.name().equals("local")) {
      state.keepOptions();
      return 0;
    }
    int equals = operand.indexOf('=');
    boolean append = equals > 0 && operand.charAt(equals - 1) == '+';
    String written = equals < 0 ? operand : operand.substring(0, equals - (append ? 1 : 0));
    int bracket = written.endsWith("]") ? written.indexOf('[') : -1;
    String name = bracket > 0 ? written.substring(0, bracket) : written;
    if (!Parser.isName(name)) {
      call.complain("`" + operand + "': not a valid identifier");
      return 1;
    }
    boolean local =
        call.name().equals("local")
            || (state.functionDepth() > 0
                && !has('g')
                && (call.name().equals("declare") || call.name().equals("typeset")));
    if (local && variables.cover(name) && !variables.isGiven(name)) {
      variables.forget(name);
    }
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(operand.substring(equals + 1));
    if (has('n')) {
      return refer(name, value);
    }
    mark(name, false);
    give(
        name,
        bracket > 0 ? written.substring(bracket + 1, written.length() - 1) : "",
        value,
        append);
    mark(name, true);
    return 0;
  }

  private int refer(String name, Optional<String> target) {
    if (target.isEmpty()) {
      variables.mark(name, Attribute.REFERENCE, true);
      return 0;
    }
    String whole = target.get();
    int bracket = whole.endsWith("]") ? whole.indexOf('[') : -1;
    if (!Parser.isName(bracket > 0 ? whole.substring(0, bracket) : whole)) {
      call.complain("`" + whole + "': invalid variable name for name reference");
      return 1;
    }
    if (whole.equals(name) && state.functionDepth() == 0) {
      call.complain(name + ": nameref variable self references not allowed");
      return 1;
    }
    variables.forget(name);
    variables.refer(name, whole);
    return 0;
  }

  private void give(String name, String subscript, Optional<String> value, boolean append)
      throws IOException {
    if (has('a') || has('A')) {
      variables.makeArray(name, has('A'));
    }
    Optional<Command.Assignment> list = state.bash().takeList(name);
    if (list.isPresent()) {
      call.shell().assignments().list(list.get());
    } else if (value.isPresent() && !subscript.isEmpty()) {
      Word word = new Word(List.of(new Part.Literal(subscript, true)));
      String key = call.shell().expander().subscript(name, word);
      call.shell().assignments().element(name, key, value.get(), append);
    } else if (value.isPresent() && isWrittenList(name, value.get())) {
      Word word = Parser.word(name + (append ? "+=" : "=") + value.get());
      call.shell().assignments().list(Parser.assignment(word, state.dialect()).orElseThrow());
    } else if (value.isPresent()) {
      if (call.name().equals("export") || call.name().equals("readonly")) {
        call.shell().traceAssignment(name + (append ? "+=" : "="), value.get());
      }
      call.shell().assignments().assign(name, value.get(), append);
    }
  }

  private boolean isWrittenList(String name, String value) {
    return value.startsWith("(")
        && value.endsWith(")")
        && variables.variable(name).array().isPresent();
  }

  /** Gives the attributes that a value is made by, or those that come after it. */
  private void mark(String name, boolean after) {
    for (Attribute attribute : Attribute.values()) {
      boolean late = attribute == Attribute.READ_ONLY;
      if (late == after
          && attribute != Attribute.REFERENCE
          && letters.containsKey(attribute.letter())) {
        variables.mark(variables.target(name), attribute, has(attribute.letter()));
      }
    }
  }

  static int unset(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "vfn");
    ShellState state = call.state();
    int status = 0;
    for (String operand : options.operands()) {
      int bracket = operand.endsWith("]") ? operand.indexOf('[') : -1;
      String name = bracket > 0 ? operand.substring(0, bracket) : operand;
      boolean isVariable = state.variables().all().containsKey(name);
      if (options.has('n')) {
        state.variables().forget(name);
      } else if (options.has('f') || (!isVariable && !options.has('v'))) {
        state.functions().remove(operand);
      } else if (state.variables().variable(name).readOnly()) {
        call.complain(name + ": cannot unset: readonly variable");
        status = 1;
      } else if (bracket > 0) {
        unsetElement(call, name, operand.substring(bracket + 1, operand.length() - 1));
      } else {
        state.variables().uncover(name);
      }
    }
    return status;
  }

  private static void unsetElement(Invocation call, String name, String subscript)
      throws IOException {
    if (subscript.equals("@") || subscript.equals("*")) {
      call.state().variables().unset(name);
      return;
    }
    Word word = new Word(List.of(new Part.Literal(subscript, true)));
    call.state().variables().unsetElement(name, call.shell().expander().subscript(name, word));
  }
}
