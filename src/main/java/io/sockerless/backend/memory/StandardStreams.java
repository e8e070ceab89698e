package io.sockerless.backend.memory;

import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Descriptors;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Terminal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A process' standard streams as whoever started it has them: pipes, or a terminal.
 *
 * @param descriptors what the process gets: 0, 1 and 2
 */
record StandardStreams(
    Descriptors descriptors,
    OutputStream input,
    InputStream output,
    InputStream errors,
    Optional<Terminal> terminal) {

  /**
   * New ones.
   *
   * @param uid whose they are: who can open them again by their names, such as {@code /dev/stdout}
   */
  static StandardStreams of(Kernel kernel, ProcessSpec spec, int uid) throws IOException {
    return spec.tty() ? terminal(kernel, spec, uid) : pipes(spec, uid);
  }

  private static StandardStreams terminal(Kernel kernel, ProcessSpec spec, int uid)
      throws IOException {
    Terminal terminal = new Terminal(kernel, spec.rows(), spec.columns());
    terminal.belongTo(uid);
    Descriptors descriptors = new Descriptors();
    for (int number = 0; number <= 2; number++) {
      descriptors.set(number, terminal.open());
    }
    return new StandardStreams(
        descriptors,
        terminal.keyboard(),
        terminal.screen(),
        InputStream.nullInputStream(),
        Optional.of(terminal));
  }

  private static StandardStreams pipes(ProcessSpec spec, int uid) throws IOException {
    Pipe input = new Pipe(uid);
    Pipe output = new Pipe(uid);
    Pipe errors = new Pipe(uid);
    Descriptors descriptors = new Descriptors();
    descriptors.set(0, input.reader());
    descriptors.set(1, output.writer());
    descriptors.set(2, errors.writer());
    ClosingOutput writer = new ClosingOutput(input.writer());
    if (!spec.openInput()) {
      writer.close();
    }
    return new StandardStreams(
        descriptors,
        writer,
        new FileInput(output.reader()),
        new FileInput(errors.reader()),
        Optional.empty());
  }

  /** To close it is the end of the process' input. */
  private static final class ClosingOutput extends FilterOutputStream {
    private final OpenFile file;
    private boolean closed;

    ClosingOutput(OpenFile file) {
      super(new FileOutput(file));
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      file.close();
    }
  }
}
