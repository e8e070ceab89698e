package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Copy;
import io.sockerless.wire.ThreadKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Joins a client's connection with a hijacked stream until both directions have ended. The client's
 * half-close is the end of standard input while output goes on; when output ends, what is left of
 * it is flushed before the client sees the end, and standard input is read on into the void,
 * because closing over unread bytes would reset the connection and could take the last output with
 * it.
 */
public final class Relay {

  private static final Logger LOG = System.getLogger(Relay.class.getName());

  private final Connection client;
  private final HijackedStream stream;
  private final Duration headAlone;
  private final CountDownLatch headRead = new CountDownLatch(1);

  /**
   * Both ends; {@link #run} closes the stream, not the client.
   *
   * @param headAlone how long output is held back behind the head of the answer, unless the client
   *     shows by its input that it has read that
   */
  public Relay(Connection client, HijackedStream stream, Duration headAlone) {
    this.client = client;
    this.stream = stream;
    this.headAlone = headAlone;
  }

  /** Blocks until the stream's output has ended or broken and is flushed, or the client is gone. */
  public void run() {
    try (stream) {
      ThreadKind.ofCaller().name("stdin").start(this::carryInput);
      awaitHeadRead();
      Copy.all(stream.output(), client.output());
      client.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a stream broke: {0}", e.getMessage());
      endOutput();
    }
  }

  private void awaitHeadRead() throws IOException {
    try {
      var _ = headRead.await(headAlone.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** A close here and now could take with it what the client has been sent and not yet read. */
  private void endOutput() {
    try {
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
    } finally {
      headRead.countDown();
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
      headRead.countDown();
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
