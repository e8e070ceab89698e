package io.sockerless.edge;

import io.sockerless.wire.BodyInput;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.RequestHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body as the operation reads it: says {@code 100 Continue} to a client that waits for
 * it once somebody wants to read, and remembers what was wrong with it, since whoever reads it
 * behind us can only tell that something broke.
 */
final class RequestBody extends InputStream {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final BodyInput framed;
  private final OutputStream client;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean awaited;
  private volatile Optional<ProtocolException> malformed = Optional.empty();

  /**
   * Reads the body from {@code framed}.
   *
   * @throws ProtocolException 417 if the client expects what we do not know
   */
  RequestBody(RequestHead head, BodyInput framed, OutputStream client) throws ProtocolException {
    this.framed = framed;
    this.client = client;
    Optional<String> expect = head.headers().first("Expect");
    if (expect.isPresent() && !expect.get().equalsIgnoreCase("100-continue")) {
      throw new ProtocolException(417, "unknown expectation");
    }
    this.awaited = expect.isPresent() && head.minor() == 1;
  }

  /** What was wrong with the part that has been read, if anything was. */
  Optional<ProtocolException> malformed() {
    return malformed;
  }

  /** The answer begins: from here on an interim one would land in the middle of it. */
  void answering() {
    lock.lock();
    try {
      awaited = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    sayContinue();
    try {
      return framed.read(bytes, offset, length);
    } catch (ProtocolException e) {
      malformed = Optional.of(e);
      throw e;
    } catch (EOFException e) {
      ProtocolException early = new ProtocolException(400, "the request's body ended early");
      malformed = Optional.of(early);
      throw early;
    }
  }

  @Override
  public int available() throws IOException {
    return framed.available();
  }

  private void sayContinue() throws IOException {
    lock.lock();
    try {
      if (awaited && !framed.isFinished()) {
        client.write(CONTINUE);
      }
      awaited = false;
    } finally {
      lock.unlock();
    }
  }
}
