package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.shell.BashState;
import io.sockerless.backend.memory.shell.CommandSearch;
import io.sockerless.backend.memory.shell.ControlFlow;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.ShellState;
import io.sockerless.backend.memory.shell.syntax.Command;
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
    if (options.has('p') && Builtins.find(words.getFirst(), call.state().dialect()).isEmpty()) {
      words.set(0, call.shell().search().find(words.getFirst(), path).orElse(words.getFirst()));
    }
    try {
      return call.shell().runWithoutFunctions(words);
    } catch (ControlFlow.Abort e) {
      return e.value();
    }
  }

  static int type(Invocation call) throws IOException {
    if (call.state().isBash()) {
      return kinds(call);
    }
    int status = 0;
    for (String name : call.operands()) {
      status |= describe(call, name, call.state().variables().get("PATH", ""), true);
    }
    return status;
  }

  /** Bash's {@code type}, which can tell the kind alone, or the file alone. */
  private static int kinds(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "tpPaf");
    int status = 0;
    for (String name : options.operands()) {
      String path = call.state().variables().get("PATH", "");
      String kind = kind(call, name, options.has('P'));
      if (options.has('t')) {
        call.print(kind.isEmpty() ? "" : kind + "\n");
      } else if (options.has('p') || options.has('P')) {
        boolean file = kind.equals("file");
        call.print(file ? call.shell().search().find(name, path).orElse(name) + "\n" : "");
      } else if (kind.isEmpty()) {
        call.complain(name + ": not found");
      } else {
        describe(call, name, path, true);
      }
      status |= kind.isEmpty() ? 1 : 0;
    }
    return status;
  }

  private static String kind(Invocation call, String name, boolean fileOnly) {
    ShellState state = call.state();
    if (!fileOnly) {
      if (state.alias(name).isPresent()) {
        return "alias";
      }
      if (Parser.isReservedWord(name) || name.equals("time")) {
        return "keyword";
      }
      if (state.functions().containsKey(name)) {
        return "function";
      }
      if (Builtins.find(name, state.dialect()).isPresent()) {
        return "builtin";
      }
    }
    CommandSearch search = call.shell().search();
    return search.find(name).filter(search::isExecutable).isPresent() ? "file" : "";
  }

  /** Runs a built-in, whatever functions there are. */
  static int builtin(Invocation call) throws IOException {
    List<String> operands = call.operands();
    if (operands.isEmpty()) {
      return 0;
    }
    if (Builtins.find(operands.getFirst(), call.state().dialect()).isEmpty()) {
      call.complain(operands.getFirst() + ": not a shell builtin");
      return 1;
    }
    return call.shell().runWithoutFunctions(operands);
  }

  /** Where the function that runs was called from. */
  static int caller(Invocation call) throws IOException {
    List<BashState.Frame> frames = call.state().bash().frames();
    List<String> operands = call.operands();
    int depth = operands.isEmpty() ? 0 : call.requireNumber(operands.getFirst());
    if (depth >= frames.size() || frames.get(depth).line() == 0) {
      return 1;
    }
    String line = Integer.toString(frames.get(depth).line());
    boolean outermost = depth + 1 >= frames.size();
    if (outermost && !operands.isEmpty()) {
      return 1;
    }
    String source = outermost ? "NULL" : frames.get(depth + 1).source();
    String function = outermost ? "main" : frames.get(depth + 1).function();
    call.print(
        operands.isEmpty()
            ? line + " " + source + "\n"
            : line + " " + function + " " + source + "\n");
    return 0;
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
    Optional<Builtin> builtin = Builtins.find(name, state.dialect());
    if (builtin.isPresent() && builtin.get().isSpecial()) {
      return found(call, name, verbose ? " is a special shell builtin" : "");
    }
    Command.Function function = state.functions().get(name);
    if (function != null) {
      String definition = state.isBash() ? "\n" + function.definition().strip() : "";
      return found(call, name, verbose ? " is a function" + definition : "");
    }
    if (builtin.isPresent()) {
      return found(call, name, verbose ? " is a shell builtin" : "");
    }
    CommandSearch search = call.shell().search();
    boolean anything = !state.isBash() && name.indexOf('/') >= 0;
    Optional<String> file =
        search
            .find(name, path)
            .filter(it -> anything ? search.exists(it) : search.isExecutable(it));
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
          Builtins.find(name, call.state().dialect()).isPresent()
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
