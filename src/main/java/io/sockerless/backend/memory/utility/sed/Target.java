package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;

/** Where lines are written to; a line without its newline gets it when another one follows. */
final class Target implements AutoCloseable {

  private final Output output;
  private final int terminator;
  private boolean unterminated;

  Target(Output output, int terminator) {
    this.output = output;
    this.terminator = terminator;
  }

  /** Writes a line. */
  void write(byte[] line, int length, boolean terminated) throws IOException {
    complete();
    output.write(line, 0, length);
    if (terminated) {
      output.write(terminator);
    }
    unterminated = !terminated;
  }

  /** Writes text that has its newlines in it. */
  void write(byte[] text) throws IOException {
    if (text.length > 0) {
      complete();
      output.write(text);
    }
  }

  private void complete() throws IOException {
    if (unterminated) {
      output.write(terminator);
      unterminated = false;
    }
  }

  void flush() throws IOException {
    output.flush();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
