package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.Variable;
import io.sockerless.backend.memory.shell.Variables;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Parser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What variables are: exported, read-only, local, or no more. */
final class Declarations {

  private Declarations() {}

  static int export(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "pn");
    Variables variables = call.state().variables();
    if (options.operands().isEmpty()) {
      call.print(list(call, Variable::exported));
    }
    for (String operand : options.operands()) {
      String name = name(call, operand);
      if (options.has('n')) {
        variables.unexport(name);
      } else {
        variables.export(name, value(operand));
      }
    }
    return 0;
  }

  static int readOnly(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "p");
    if (options.operands().isEmpty()) {
      call.print(list(call, Variable::readOnly));
    }
    for (String operand : options.operands()) {
      call.state().variables().protect(name(call, operand), value(operand));
    }
    return 0;
  }

  private static String list(Invocation call, Predicate<Variable> shown) {
    StringBuilder text = new StringBuilder();
    call.state()
        .variables()
        .all()
        .forEach((name, variable) -> {
          if (shown.test(variable)) {
            text.append(call.name()).append(' ').append(name);
            variable.value().ifPresent(value -> text.append('=').append(Quoting.quote(value)));
            text.append('\n');
          }
        });
    return text.toString();
  }

  private static String name(Invocation call, String operand) {
    int equals = operand.indexOf('=');
    String name = equals < 0 ? operand : operand.substring(0, equals);
    if (!Parser.isName(name)) {
      throw call.abort(name + ": bad variable name");
    }
    return name;
  }

  private static Optional<String> value(String operand) {
    int equals = operand.indexOf('=');
    return equals < 0 ? Optional.empty() : Optional.of(operand.substring(equals + 1));
  }

  static int unset(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "vf");
    for (String operand : options.operands()) {
      if (options.has('f')) {
        call.state().functions().remove(operand);
      } else {
        call.state().variables().unset(name(call, operand));
      }
    }
    return 0;
  }

  static int local(Invocation call) throws IOException {
    if (call.state().functionDepth() == 0) {
      throw call.abort("not in a function");
    }
    Variables variables = call.state().variables();
    for (String operand : call.operands()) {
      if (operand.equals("-")) {
        call.state().keepOptions();
        continue;
      }
      String name = name(call, operand);
      variables.cover(name);
      Optional<String> value = value(operand);
      if (value.isPresent()) {
        variables.set(name, value.get());
      }
    }
    return 0;
  }

  static int let(Invocation call) throws IOException {
    List<String> operands = call.operands();
    if (operands.isEmpty()) {
      throw new ExpansionException("expression expected");
    }
    long value = 0;
    for (String operand : operands) {
      value = call.shell().calculate(operand);
    }
    return value != 0 ? 0 : 1;
  }
}
