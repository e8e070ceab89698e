package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.shell.BashOption;
import io.sockerless.backend.memory.shell.BashState;
import io.sockerless.backend.memory.shell.ControlFlow;
import io.sockerless.backend.memory.shell.ScriptFile;
import io.sockerless.backend.memory.shell.ShellState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs text, files, and programs in the shell's place. */
final class Evaluation {

  private Evaluation() {}

  static int eval(Invocation call) throws IOException {
    ShellState state = call.state();
    String name = state.commandName();
    state.setCommandName("");
    try {
      String text = String.join(" ", call.operands());
      return state.isBash() ? call.shell().evaluateHere(text) : call.shell().evaluate(text);
    } finally {
      state.setCommandName(name);
    }
  }

  static int source(Invocation call) throws IOException {
    List<String> operands = call.operands();
    if (operands.isEmpty()) {
      throw call.abort("filename argument required");
    }
    String name = operands.getFirst();
    ShellState state = call.state();
    List<String> parameters = state.parameters();
    OpenFile file = open(call, name);
    state.setCommandName(name);
    int firstLine = state.firstLine();
    state.setFirstLine(1);
    if (operands.size() > 1) {
      state.setParameters(operands.subList(1, operands.size()));
    }
    state.bash().enter(new BashState.Frame("source", name, state.line()));
    state.bash().deepen(1);
    try (file) {
      return call.shell().script(new ScriptFile(call.task(), file));
    } catch (ControlFlow.Return e) {
      return e.value();
    } finally {
      state.bash().deepen(-1);
      state.bash().leave();
      state.setFirstLine(firstLine);
      if (operands.size() > 1) {
        state.setParameters(parameters);
      }
    }
  }

  private static OpenFile open(Invocation call, String name) throws IOException {
    boolean bash = call.state().isBash();
    String path = name;
    if (name.indexOf('/') < 0) {
      Optional<String> found = onPath(call, name);
      if (found.isEmpty() && !bash) {
        throw call.abort(name + ": not found");
      }
      path = found.orElse(name);
    }
    try {
      return call.task().files().open(path, OpenMode.READ);
    } catch (PosixException e) {
      if (bash) {
        // It is the shell that cannot read a file, not the built-in that fails.
        call.state().setCommandName(call.state().name());
      }
      throw call.failure(
          "can't open '" + name + "': " + e.getMessage(), name + ": " + e.errno().text());
    }
  }

  private static Optional<String> onPath(Invocation call, String name) {
    for (String folder : call.state().variables().get("PATH", "").split(":", -1)) {
      String candidate = folder.isEmpty() ? name : folder + "/" + name;
      boolean found;
      try {
        found = call.task().files().stat(candidate).isRegular();
      } catch (IOException e) {
        found = false;
      }
      if (found) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  static int exec(Invocation call) throws IOException {
    boolean bash = call.state().isBash();
    Map<Character, String> options = Map.of();
    List<String> operands = call.operands();
    if (bash) {
      OptionLetters letters = OptionLetters.parse(call, "cla:");
      options = letters.values();
      operands = letters.operands();
    }
    if (operands.isEmpty()) {
      return 0;
    }
    String name = options.getOrDefault('a', operands.getFirst());
    if (options.containsKey('l')) {
      name = "-" + name;
    }
    Optional<String> exit = call.state().traps().exit();
    call.state().traps().setExit(Optional.empty());
    int status = call.shell().replace(operands, name, options.containsKey('c'));
    if (bash && call.state().bash().options().contains(BashOption.EXECFAIL)) {
      call.state().traps().setExit(exit);
      return status;
    }
    throw new ControlFlow.Exit(status);
  }
}
