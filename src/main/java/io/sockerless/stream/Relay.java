package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Copy;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Joins a client's connection with a hijacked stream until both directions have ended. The client's
 * half-close is the end of standard input while output goes on; when output ends, what is left of
 * it is flushed before the client sees the end, and standard input is read on into the void,
 * because closing over unread bytes would reset the connection and could take the last output with
 * it.
 */
public final class Relay {

  private final Connection client;
  private final HijackedStream stream;

  /** Both ends; {@link #run} closes the stream, not the client. */
  public Relay(Connection client, HijackedStream stream) {
    this.client = client;
    this.stream = stream;
  }

  /** Blocks until the stream's output has ended and is flushed, or the client is gone. */
  public void run() {
    try (stream) {
      Thread.ofVirtual().name("stdin").start(this::carryInput);
      Copy.all(stream.output(), client.output());
      client.shutdownOutput();
    } catch (IOException e) {
      client.close();
    }
  }

  private void carryInput() {
    try {
      Copy.all(client.input(), new UntilRefused());
    } catch (IOException e) {
      // The client's connection broke: nobody reads the output any more.
      stream.close();
      return;
    }
    try {
      stream.closeInput();
    } catch (IOException e) {
      // The stream has ended by itself; what is left of its output is still on its way.
    }
  }

  /** Takes everything, and passes it on for as long as the stream takes it. */
  private final class UntilRefused extends OutputStream {
    private boolean refused;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (!refused) {
        try {
          stream.input().write(bytes, offset, length);
        } catch (IOException e) {
          refused = true;
        }
      }
    }
  }
}
