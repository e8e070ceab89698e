package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Descriptor;
import io.sockerless.agent.program.posix.Descriptor.Pipe;
import io.sockerless.agent.program.posix.Identity;
import io.sockerless.agent.program.posix.PolledInput;
import io.sockerless.agent.program.posix.PolledOutput;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.agent.program.posix.Spawn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three pipes; standard input is {@code /dev/null} if nobody is to write it. */
final class PipeStreams implements LocalStreams {

  private final List<Descriptor> childs;
  private final OutputStream input;
  private final PolledInput output;
  private final PolledInput errors;

  private PipeStreams(List<Descriptor> childs, OutputStream input, Pipe out, Pipe err)
      throws PosixException {
    this.childs = childs;
    this.input = input;
    output = new PolledInput(out.reader());
    errors = new PolledInput(err.reader());
  }

  /** Opens them for a user, who may open {@code /dev/stdout} once more. */
  static PipeStreams open(Command command, Optional<Identity> identity) throws PosixException {
    List<Descriptor> opened = new ArrayList<>();
    try {
      Pipe out = pipe(opened);
      Pipe err = pipe(opened);
      Optional<Pipe> in = command.openInput() ? Optional.of(pipe(opened)) : Optional.empty();
      Descriptor reader = in.isPresent() ? in.get().reader() : Descriptor.openNull();
      OutputStream writer =
          in.isPresent() ? new PolledOutput(in.get().writer()) : OutputStream.nullOutputStream();
      if (identity.isPresent()) {
        for (Descriptor each : opened) {
          each.setOwner(identity.get().uid(), identity.get().gid());
        }
      }
      return new PipeStreams(List.of(reader, out.writer(), err.writer()), writer, out, err);
    } catch (PosixException e) {
      opened.forEach(Descriptor::close);
      throw e;
    }
  }

  private static Pipe pipe(List<Descriptor> opened) throws PosixException {
    Pipe pipe = Descriptor.pipe();
    opened.add(pipe.reader());
    opened.add(pipe.writer());
    return pipe;
  }

  @Override
  public int start(Spawn spawn) throws PosixException {
    try {
      return spawn.withStreams(childs.get(0), childs.get(1), childs.get(2));
    } finally {
      childs.forEach(Descriptor::close);
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public PolledInput output() {
    return output;
  }

  @Override
  public PolledInput errors() {
    return errors;
  }

  @Override
  public void resize(int rows, int columns) {
    // Pipes have no size.
  }

  @Override
  public void processEnded() {
    closeInput();
    output.processEnded();
    errors.processEnded();
  }

  @Override
  public void close() {
    closeInput();
    output.close();
    errors.close();
  }

  private void closeInput() {
    try {
      input.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
