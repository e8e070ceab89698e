package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.agent.program.posix.Spawn;
import java.io.InputStream;
import java.io.OutputStream;

/** The agent's side of a process' streams. */
sealed interface LocalStreams extends AutoCloseable permits PipeStreams, TerminalStreams {

  /** Starts the process on the other side, which from then on it alone has open. */
  int start(Spawn spawn) throws PosixException;

  OutputStream input();

  InputStream output();

  InputStream errors();

  void resize(int rows, int columns);

  /** Tells that the process has ended: nobody reads its input any more, and its output will end. */
  void processEnded();

  /** Gives up on a process that could not be started. */
  @Override
  void close();
}
