package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.shell.builtin.Builtin;
import io.sockerless.backend.memory.shell.builtin.Builtins;
import io.sockerless.backend.memory.shell.builtin.Invocation;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs commands that are words: functions, built-ins, programs. */
final class SimpleCommands {

  /** What bash keeps the last argument of the command before in. */
  private static final String LAST_ARGUMENT = "_";

  private final Interpreter shell;
  private final Launcher launcher;
  private final Redirector redirector;

  SimpleCommands(Interpreter shell, Launcher launcher, Redirector redirector) {
    this.shell = shell;
    this.launcher = launcher;
    this.redirector = redirector;
  }

  /** Gives a variable a value, exported if all are. */
  static void assign(ShellState state, String name, String value) throws ExpansionException {
    if (state.has(ShellOption.ALLEXPORT)) {
      state.variables().export(name, Optional.of(value));
    } else {
      state.variables().set(name, value);
    }
  }

  /**
   * Runs a command.
   *
   * @param last whether the shell ends after it, so that a program may take its place
   */
  int run(Command.Simple command, boolean last) throws IOException {
    ShellState state = shell.state();
    state.setLine(command.line());
    if (state.isBash()) {
      shell.begin(command.text());
    }
    state.setSubstituted(0);
    List<String> fields = fields(command.words());
    int status = run(command, fields, last);
    if (state.isBash()) {
      state.variables().set(LAST_ARGUMENT, fields.isEmpty() ? "" : fields.getLast());
    }
    return status;
  }

  private int run(Command.Simple command, List<String> fields, boolean last) throws IOException {
    ShellState state = shell.state();
    if (fields.isEmpty()) {
      return assignOnly(command);
    }
    Optional<Builtin> builtin = Builtins.find(fields.getFirst(), state.dialect());
    if (builtin.isPresent() && builtin.get().isSpecial()) {
      return special(command, fields, builtin.get());
    }
    Command.Function function = state.functions().get(fields.getFirst());
    if (function != null) {
      return covered(command, fields, () -> shell.call(function, fields));
    }
    if (builtin.isPresent()) {
      return covered(command, fields, () -> regular(builtin.get(), fields));
    }
    return program(command, fields, last);
  }

  private List<String> fields(List<Word> words) throws IOException {
    List<String> fields = new ArrayList<>();
    boolean declares = false;
    ShellState state = shell.state();
    Expander expander = shell.expander();
    for (Word word : words) {
      Optional<Command.Assignment> assignment =
          declares ? Parser.assignment(word, state.dialect()) : Optional.empty();
      if (assignment.isPresent()) {
        fields.add(declaration(assignment.get(), fields));
      } else {
        expander.addFields(word, fields);
      }
      declares |= fields.size() == 1 && Builtins.isDeclaration(fields.getFirst(), state.dialect());
    }
    return fields;
  }

  /** The argument that an assignment is to a declaration; a list is kept for it. */
  private String declaration(Command.Assignment assignment, List<String> before)
      throws IOException {
    Expander expander = shell.expander();
    String name = assignment.name();
    if (assignment.list().isPresent()) {
      boolean associative =
          before.stream().anyMatch(option -> option.matches("-[a-zA-Z]*A[a-zA-Z]*"))
              || shell.state().variables().variable(name).isAssociative();
      shell.state().bash().keepList(name, shell.assignments().expanded(assignment, associative));
      return name;
    }
    if (assignment.subscript().isPresent()) {
      name += "[" + expander.text(assignment.subscript().get()) + "]";
    }
    return name + (assignment.append() ? "+=" : "=") + expander.assigned(assignment.value());
  }

  private int assignOnly(Command.Simple command) throws IOException {
    ShellState state = shell.state();
    List<String> traced = new ArrayList<>();
    for (Command.Assignment assignment : command.assignments()) {
      traced.add(shell.assignments().assign(assignment));
    }
    shell.trace().words(traced, List.of());
    try {
      redirector.redirect(command.redirections()).restore();
    } catch (Redirector.FailedException e) {
      return 1;
    }
    return state.substituted();
  }

  /** A special built-in: its assignments stay, and its errors end the shell. */
  private int special(Command.Simple command, List<String> fields, Builtin builtin)
      throws IOException {
    List<String> traced = new ArrayList<>();
    for (Command.Assignment assignment : command.assignments()) {
      traced.add(shell.assignments().assign(assignment));
    }
    shell.trace().words(traced, fields);
    Redirector.Saved saved;
    try {
      saved = redirector.redirect(command.redirections());
    } catch (Redirector.FailedException e) {
      if (shell.state().isBash()) {
        return 1;
      }
      throw new ControlFlow.Abort(1);
    }
    boolean keeps = fields.getFirst().equals("exec");
    try {
      return shell.state().isBash() ? regular(builtin, fields) : invoke(builtin, fields);
    } finally {
      if (keeps) {
        saved.forget();
      } else {
        saved.restore();
      }
    }
  }

  /** Runs something with the command's assignments and redirections for as long as it takes. */
  private int covered(Command.Simple command, List<String> fields, Interpreter.Body body)
      throws IOException {
    Variables variables = shell.state().variables();
    if (command.assignments().isEmpty()) {
      shell.trace().words(List.of(), fields);
      return redirected(command, body);
    }
    variables.openCommand();
    try {
      export(command, fields);
      return redirected(command, body);
    } finally {
      variables.closeScope();
    }
  }

  private void export(Command.Simple command, List<String> fields) throws IOException {
    Variables variables = shell.state().variables();
    List<String> traced = new ArrayList<>();
    for (Command.Assignment assignment : command.assignments()) {
      String value =
          shell
              .assignments()
              .value(
                  assignment.name(),
                  shell.expander().assigned(assignment.value()),
                  assignment.append());
      if (variables.hasScope()) {
        variables.cover(assignment.name());
      }
      variables.export(assignment.name(), Optional.of(value));
      shell.trace().assignment(assignment.name() + "=", value);
      traced.add(assignment.name() + "=" + value);
    }
    shell.trace().words(traced, fields);
  }

  private int redirected(Command.Simple command, Interpreter.Body body) throws IOException {
    if (command.redirections().isEmpty()) {
      return body.run();
    }
    Redirector.Saved saved;
    try {
      saved = redirector.redirect(command.redirections());
    } catch (Redirector.FailedException e) {
      return 1;
    }
    try {
      return body.run();
    } finally {
      saved.restore();
    }
  }

  /** A built-in that is not special: its errors are its status, and the shell goes on. */
  private int regular(Builtin builtin, List<String> fields) throws IOException {
    try {
      return invoke(builtin, fields);
    } catch (ControlFlow.Abort e) {
      return e.value();
    }
  }

  private int invoke(Builtin builtin, List<String> fields) throws IOException {
    ShellState state = shell.state();
    String outer = state.commandName();
    state.setCommandName(fields.getFirst());
    try {
      return builtin.run(new Invocation(shell, fields));
    } catch (PosixException e) {
      shell.messages().error((state.isBash() ? "write error: " : "") + e.errno().text());
      return 1;
    } catch (ExpansionException e) {
      if (!state.isBash()) {
        throw e;
      }
      shell.messages().error(e.getMessage());
      return 1;
    } finally {
      state.setCommandName(outer);
    }
  }

  private int program(Command.Simple command, List<String> fields, boolean last)
      throws IOException {
    if (last && shell.state().traps().isEmpty()) {
      export(command, fields);
      return execute(command, fields);
    }
    String text = shell.state().isBash() ? command.text() : String.join(" ", fields);
    return launcher.foreground(child -> child.runProgram(command, fields), text);
  }

  /** Becomes a program, in a task that has nothing else to do. */
  private int execute(Command.Simple command, List<String> fields) throws IOException {
    try {
      redirector.redirect(command.redirections()).forget();
    } catch (Redirector.FailedException e) {
      return 1;
    }
    return launcher.execute(fields);
  }

  /** Becomes a program with a command's assignments, in a child. */
  int become(Command.Simple command, List<String> fields) throws IOException {
    export(command, fields);
    return execute(command, fields);
  }

  int runWithoutFunctions(List<String> fields) throws IOException {
    Optional<Builtin> builtin = Builtins.find(fields.getFirst(), shell.state().dialect());
    return builtin.isPresent() ? invoke(builtin.get(), fields) : shell.spawn(fields);
  }
}
