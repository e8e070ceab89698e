package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Identity;
import io.sockerless.agent.program.posix.PolledInput;
import io.sockerless.agent.program.posix.PolledOutput;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.agent.program.posix.Spawn;
import io.sockerless.agent.program.posix.Terminal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A pseudo-terminal. */
final class TerminalStreams implements LocalStreams {

  private final Terminal terminal;
  private final PolledOutput keyboard;
  private final PolledInput screen;
  private final OutputStream input;

  private TerminalStreams(Terminal terminal, boolean openInput) throws PosixException {
    this.terminal = terminal;
    keyboard = new PolledOutput(terminal.master().duplicate());
    screen = new PolledInput(terminal.master());
    input = openInput ? new Keyboard(keyboard) : OutputStream.nullOutputStream();
  }

  /** Opens one of the command's size for a user. */
  static TerminalStreams open(Command command, Optional<Identity> identity) throws PosixException {
    Terminal terminal = Terminal.open();
    try {
      if (identity.isPresent()) {
        terminal.setOwner(identity.get().uid());
      }
      if (command.rows() > 0 && command.columns() > 0) {
        terminal.resize(command.rows(), command.columns());
      }
      return new TerminalStreams(terminal, command.openInput());
    } catch (PosixException e) {
      terminal.close();
      throw e;
    }
  }

  @Override
  public int start(Spawn spawn) throws PosixException {
    return spawn.onTerminal(terminal.path());
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public PolledInput output() {
    return screen;
  }

  @Override
  public InputStream errors() {
    return InputStream.nullInputStream();
  }

  @Override
  public void resize(int rows, int columns) {
    terminal.resize(rows, columns);
  }

  @Override
  public void processEnded() {
    keyboard.close();
    screen.processEnded();
  }

  @Override
  public void close() {
    keyboard.close();
    screen.close();
  }

  /** To close it does nothing. */
  private static final class Keyboard extends FilterOutputStream {
    Keyboard(OutputStream terminal) {
      super(terminal);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {
      // Nobody can take a keyboard's end back, and a shell would take it for the user's wish to
      // leave.
    }
  }
}
