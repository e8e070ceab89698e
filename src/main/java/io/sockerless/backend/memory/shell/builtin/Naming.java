package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.shell.CommandSearch;
import io.sockerless.backend.memory.shell.ControlFlow;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.ShellState;
import io.sockerless.backend.memory.shell.syntax.Parser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a command's name stands for. */
final class Naming {

  private static final int NOT_FOUND = 127;

  private Naming() {}

  static int command(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "pvV");
    List<String> operands = options.operands();
    if (operands.isEmpty()) {
      return 0;
    }
    String path =
        options.has('p')
            ? Commands.DEFAULT_PATH
            : call.state().variables().get("PATH", Commands.DEFAULT_PATH);
    if (options.has('v') || options.has('V')) {
      int status = 0;
      for (String name : operands) {
        status |= describe(call, name, path, options.has('V'));
      }
      return status;
    }
    List<String> words = new ArrayList<>(operands);
    if (options.has('p') && Builtins.find(words.getFirst()).isEmpty()) {
      words.set(0, call.shell().search().find(words.getFirst(), path).orElse(words.getFirst()));
    }
    try {
      return call.shell().runWithoutFunctions(words);
    } catch (ControlFlow.Abort e) {
      return e.value();
    }
  }

  static int type(Invocation call) throws IOException {
    int status = 0;
    for (String name : call.operands()) {
      status |= describe(call, name, call.state().variables().get("PATH", ""), true);
    }
    return status;
  }

  private static int describe(Invocation call, String name, String path, boolean verbose)
      throws IOException {
    ShellState state = call.state();
    if (Parser.isReservedWord(name)) {
      return found(call, name, verbose ? " is a shell keyword" : "");
    }
    Optional<String> alias = state.alias(name);
    if (alias.isPresent()) {
      return verbose
          ? found(call, name, " is an alias for " + alias.get())
          : found(call, "alias " + name + "=" + Quoting.quote(alias.get()), "");
    }
    Optional<Builtin> builtin = Builtins.find(name);
    if (builtin.isPresent() && builtin.get().isSpecial()) {
      return found(call, name, verbose ? " is a special shell builtin" : "");
    }
    if (state.functions().containsKey(name)) {
      return found(call, name, verbose ? " is a function" : "");
    }
    if (builtin.isPresent()) {
      return found(call, name, verbose ? " is a shell builtin" : "");
    }
    CommandSearch search = call.shell().search();
    Optional<String> file = search.find(name, path).filter(search::isExecutable);
    if (file.isPresent()) {
      return verbose ? found(call, name, " is " + file.get()) : found(call, file.get(), "");
    }
    if (verbose) {
      call.print(name + ": not found\n");
    }
    return NOT_FOUND;
  }

  private static int found(Invocation call, String name, String what) throws IOException {
    call.print(name + what + "\n");
    return 0;
  }

  /** Nothing is remembered, since files are found fast; the names are looked for at least. */
  static int hash(Invocation call) {
    OptionLetters options = OptionLetters.parse(call, "r");
    int status = 0;
    for (String name : options.operands()) {
      boolean known =
          Builtins.find(name).isPresent()
              || call.state().functions().containsKey(name)
              || call.shell().search().find(name).isPresent();
      if (!known) {
        call.complain(name + ": not found");
        status = 1;
      }
    }
    return status;
  }
}
