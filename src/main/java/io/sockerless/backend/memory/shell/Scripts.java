package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.LineSource;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.SyntaxException;
import java.io.IOException;
import java.util.Optional;

/** Runs the commands of texts, each before the next is read. */
record Scripts(Interpreter shell) {

  private static final int ERROR = 2;

  private Parser parser(LineSource source) {
    ShellState state = shell.state();
    Parser parser = new Parser(source, state.dialect(), state::alias);
    if (state.isBash()) {
      parser.expandBracesIf(() -> state.has(ShellOption.BRACEEXPAND));
    }
    return parser;
  }

  int all(LineSource source) throws IOException {
    return all(parser(source));
  }

  /** The first line of the text is the one of the command that runs. */
  int here(String text) throws IOException {
    Parser parser = parser(LineSource.of(text));
    parser.startAt(shell.state().line());
    return all(parser);
  }

  private int all(Parser parser) throws IOException {
    int status = 0;
    for (Optional<Command> next = parse(parser); next.isPresent(); next = parse(parser)) {
      if (!shell.state().has(ShellOption.NOEXEC)) {
        status = shell.run(next.get());
      }
    }
    return status;
  }

  /** The last command may take the shell's place. */
  int last(String text) throws IOException {
    Parser parser = parser(LineSource.of(text));
    int status = 0;
    for (Optional<Command> next = parse(parser); next.isPresent(); next = parse(parser)) {
      if (!shell.state().has(ShellOption.NOEXEC)) {
        status = parser.isAtEnd() ? shell.runLast(next.get()) : shell.run(next.get());
      }
    }
    return status;
  }

  private Optional<Command> parse(Parser parser) throws IOException {
    try {
      return parser.next();
    } catch (SyntaxException e) {
      shell.messages().error(e.getMessage(), e.line());
      shell.state().setStatus(ERROR);
      throw new ControlFlow.Abort(ERROR);
    }
  }
}
