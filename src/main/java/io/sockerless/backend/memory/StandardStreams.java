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

  static StandardStreams of(Kernel kernel, ProcessSpec spec) throws IOException {
    return spec.tty() ? terminal(kernel, spec) : pipes(spec);
  }

  private static StandardStreams terminal(Kernel kernel, ProcessSpec spec) throws IOException {
    Terminal terminal = new Terminal(kernel, spec.rows(), spec.columns());
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

  private static StandardStreams pipes(ProcessSpec spec) throws IOException {
    Pipe input = new Pipe();
    Pipe output = new Pipe();
    Pipe errors = new Pipe();
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
