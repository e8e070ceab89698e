package io.sockerless.backend.core.attach;

import io.sockerless.engine.HijackedStream;
import io.sockerless.stream.BytePipe;
import io.sockerless.stream.DetachKeys;
import io.sockerless.stream.Frame;
import io.sockerless.stream.Frame.Channel;
import io.sockerless.wire.Headers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A client that has joined a process's standard streams. One that reads slowly slows the process
 * down, one that has left is forgotten at once.
 */
public final class StreamClient implements HijackedStream {

  private static final int CAPACITY = 256 * 1024;
  private static final byte[] NO_HEAD = new byte[0];

  private final ProcessStreams process;
  private final ClientOptions options;
  private final InputStream replay;
  private final BytePipe pipe = new BytePipe(CAPACITY);
  private final InputStream output;
  private final OutputStream input = new Input();

  StreamClient(ProcessStreams process, ClientOptions options, InputStream replay) {
    this.process = process;
    this.options = options;
    this.replay = replay;
    this.output = new Output(new SequenceInputStream(replay, pipe.input()));
  }

  /** Gets nothing more than what is replayed. */
  public void finish() {
    process.leave(this);
    end();
  }

  boolean wants(Channel channel) {
    return switch (channel) {
      case STDIN -> false;
      case STDOUT -> options.stdout();
      case STDERR -> options.stderr();
    };
  }

  /** Hands output over; blocks while the client has not read what came before. */
  void deliver(Channel channel, byte[] bytes, int offset, int length) {
    try {
      if (options.framed()) {
        pipe.write(Frame.head(channel, length), bytes, offset, length);
      } else {
        pipe.output().write(bytes, offset, length);
      }
    } catch (IOException e) {
      process.leave(this);
    }
  }

  /**
   * The same without waiting, for bytes that nobody changes any more.
   *
   * @param taken is run once the client has them, or has left
   */
  void give(Channel channel, byte[] bytes, int offset, int length, Runnable taken) {
    byte[] head = options.framed() ? Frame.head(channel, length) : NO_HEAD;
    pipe.give(head, bytes, offset, length, taken);
  }

  /** There is no more output. */
  void end() {
    try {
      pipe.output().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int status() {
    return options.head().status();
  }

  @Override
  public String reason() {
    return options.head().reason();
  }

  @Override
  public Headers headers() {
    return options.head().headers();
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void closeInput() {
    if (!options.stdin()) {
      return;
    }
    boolean closes = options.closesInput() && options.detachKeys().isEmpty();
    if (closes) {
      process.closeInput();
    }
    if (!closes || !(options.stdout() || options.stderr())) {
      process.leave(this);
      end();
    }
  }

  @Override
  public void close() {
    process.leave(this);
    abandon();
    if (options.stdin() && options.closesInput() && options.detachKeys().isEmpty()) {
      process.closeInput();
    }
  }

  /** Lets go of whoever waits to hand output over. */
  void abandon() {
    try {
      pipe.input().close();
      replay.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells how much is there across the replayed part and what comes live. */
  private final class Output extends FilterInputStream {
    Output(InputStream joined) {
      super(joined);
    }

    @Override
    public int available() throws IOException {
      return Math.max(super.available(), pipe.input().available());
    }
  }

  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!options.stdin()) {
        return;
      }
      if (options.detachKeys().isEmpty()) {
        process.write(bytes, offset, length);
        return;
      }
      DetachKeys keys = options.detachKeys().get();
      Optional<byte[]> typed = keys.filter(bytes, offset, length);
      if (typed.isPresent()) {
        process.write(typed.get(), 0, typed.get().length);
      } else {
        process.leave(StreamClient.this);
        end();
        options.onDetach().run();
      }
    }
  }
}
