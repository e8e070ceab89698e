package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Redirection;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Runs lists, conditions and loops. */
final class CompoundCommands {

  private final Interpreter shell;
  private final ShellState state;
  private final Launcher launcher;
  private final Redirector redirector;

  CompoundCommands(Interpreter shell, Launcher launcher, Redirector redirector) {
    this.shell = shell;
    this.state = shell.state();
    this.launcher = launcher;
    this.redirector = redirector;
  }

  int pipeline(Command.Pipeline pipeline) throws IOException {
    return LastPipe.isWished(state)
        ? new LastPipe(shell, launcher, redirector).run(pipeline)
        : shell.checkedPipeline(launcher.pipeline(pipeline));
  }

  int andOr(Command.AndOr list, Interpreter.Runner last) throws IOException {
    int status = shell.tested(list.first());
    int end = list.rest().size() - 1;
    for (int i = 0; i <= end; i++) {
      Command.AndOr.Next next = list.rest().get(i);
      if (next.onSuccess() == (status == 0)) {
        status = i == end ? last.run(next.command()) : shell.tested(next.command());
      }
    }
    return status;
  }

  int sequence(Command.Sequence sequence) throws IOException {
    int status = 0;
    for (Command command : sequence.commands()) {
      status = shell.run(command);
    }
    return status;
  }

  int conditional(Command.If command) throws IOException {
    if (shell.tested(command.condition()) == 0) {
      return shell.run(command.then());
    }
    return command.otherwise().isPresent() ? shell.run(command.otherwise().get()) : 0;
  }

  int loop(Command.Loop loop) throws IOException {
    return looping(() -> {
      int status = 0;
      while (true) {
        try {
          if ((shell.tested(loop.condition()) == 0) == loop.until()) {
            return status;
          }
          status = shell.run(loop.body());
        } catch (ControlFlow.Continue e) {
          goOn(e);
          status = 0;
        }
      }
    });
  }

  int each(Command.For loop) throws IOException {
    state.setLine(loop.line());
    List<String> values =
        loop.words().isPresent() ? shell.expander().fields(loop.words().get()) : state.parameters();
    return looping(() -> {
      int status = 0;
      for (String value : values) {
        state.setLine(loop.line());
        shell.trace().written("for " + loop.name() + " in " + loop.text());
        state.variables().setOrRefer(loop.name(), value);
        status = pass(loop.body());
      }
      return status;
    });
  }

  int count(Command.Count loop) throws IOException {
    state.setLine(loop.line());
    step(loop.first());
    return looping(() -> {
      int status = 0;
      while (step(loop.condition()) != 0) {
        status = pass(loop.body());
        step(loop.step());
      }
      return status;
    });
  }

  /** The value of one of a loop's expressions, of which one that is not there is 1. */
  private long step(Word expression) throws IOException {
    String text = isEmpty(expression) ? "1" : shell.expander().document(expression);
    return calculate(text.stripLeading());
  }

  /** The value of an expression that is a command. */
  long calculate(Word expression) throws IOException {
    return calculate(shell.expander().document(expression));
  }

  private long calculate(String expression) throws IOException {
    shell.trace().written("(( " + expression + " ))");
    return shell.calculate(expression);
  }

  int select(Command.Select loop) throws IOException {
    return new SelectLoop(shell, this, loop).run();
  }

  /** Runs a loop, which its commands may leave. */
  int looping(Interpreter.Body body) throws IOException {
    state.setLoops(state.loops() + 1);
    try {
      return body.run();
    } catch (ControlFlow.Break e) {
      leave(e);
      return 0;
    } finally {
      state.setLoops(state.loops() - 1);
    }
  }

  /** Runs a loop's commands once; they may end early, for the next time. */
  int pass(Command body) throws IOException {
    try {
      return shell.run(body);
    } catch (ControlFlow.Continue e) {
      goOn(e);
      return 0;
    }
  }

  private static boolean isEmpty(Word expression) {
    return expression.literal().isBlank();
  }

  private static void leave(ControlFlow.Break flow) {
    if (flow.value() > 1) {
      throw new ControlFlow.Break(flow.value() - 1);
    }
  }

  private static void goOn(ControlFlow.Continue flow) {
    if (flow.value() > 1) {
      throw new ControlFlow.Continue(flow.value() - 1);
    }
  }

  int choice(Command.Case command) throws IOException {
    state.setLine(command.line());
    shell.trace().written("case " + command.text() + " in");
    String subject = shell.expander().text(command.subject());
    boolean matched = false;
    int status = 0;
    for (Command.Case.Item item : command.items()) {
      if (!matched && !matches(subject, item.patterns())) {
        continue;
      }
      status = shell.run(item.body());
      matched = item.fallsThrough();
      if (!item.fallsThrough() && !item.goesOn()) {
        break;
      }
    }
    return status;
  }

  /**
   * Whether a text is what a pattern means, whatever its letters' case if that is wished.
   *
   * @param extended whether it may have groups
   */
  static boolean matches(String pattern, String text, ShellState state, boolean extended) {
    if (state.bash().options().contains(BashOption.NOCASEMATCH)) {
      return matches(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT), extended);
    }
    return matches(pattern, text, extended);
  }

  private static boolean matches(String pattern, String text, boolean extended) {
    return (extended ? Pattern.extended(pattern) : Pattern.of(pattern)).matches(text);
  }

  private boolean matches(String subject, List<Word> patterns) throws IOException {
    boolean extended = state.bash().options().contains(BashOption.EXTGLOB);
    for (Word pattern : patterns) {
      if (matches(shell.expander().pattern(pattern), subject, state, extended)) {
        return true;
      }
    }
    return false;
  }

  int redirected(Command.Redirected command) throws IOException {
    state.setLine(command.line());
    if (command.command() instanceof Command.Subshell subshell) {
      return shell.checked(
          launcher.foreground(
              it -> it.runRedirected(command.redirections(), subshell.body()), subshell.text()));
    }
    return runRedirected(command.redirections(), command.command(), 1);
  }

  /**
   * Runs a command with redirections.
   *
   * @param unredirected the status in ash if they fail
   */
  int runRedirected(List<Redirection> redirections, Command command, int unredirected)
      throws IOException {
    Redirector.Saved saved;
    try {
      saved = redirector.redirect(redirections);
    } catch (Redirector.FailedException e) {
      // Ash goes on even where a failing command ends the script.
      return state.isBash() ? shell.checked(1) : unredirected;
    }
    try {
      return shell.run(command);
    } finally {
      saved.restore();
    }
  }
}
