package io.sockerless.edge;

import io.sockerless.wire.BodyInput;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.RequestHead;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body as the operation reads it: says {@code 100 Continue} to a client that waits for
 * it once somebody wants to read, and remembers what was wrong with it, since whoever reads it
 * behind us can only tell that something broke.
 */
final class RequestBody extends InputStream {

  private static final Logger LOG = System.getLogger(RequestBody.class.getName());

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** As much as Go's server does, in bytes. */
  private static final int DISCARDED = 256 * 1024;

  private final BodyInput framed;
  private final OutputStream client;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private boolean awaited;
  private boolean discarded;
  private volatile boolean uninvited;
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
      uninvited = awaited;
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
    reading.lock();
    try {
      if (discarded) {
        throw new IOException("the request has been answered");
      }
      return framed.read(bytes, offset, length);
    } catch (ProtocolException e) {
      malformed = Optional.of(e);
      throw e;
    } catch (EOFException e) {
      ProtocolException early = new ProtocolException(400, "the request's body ended early");
      malformed = Optional.of(early);
      throw early;
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads past what nobody wants any more, as Go's server does, so that a client which sends all
   * before it reads is not cut off in the middle. It stays as it is where it is long, where the
   * client takes its time, where somebody reads it at this moment, and where the client waits to be
   * told that it is wanted.
   */
  void discard(Duration atMost) {
    if (framed.isFinished() || framed.length() > DISCARDED || uninvited) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("discard")
        .start(() -> {
          readPast();
          over.countDown();
        });
    try {
      boolean _ = over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readPast() {
    if (!reading.tryLock()) {
      return;
    }
    try {
      discarded = true;
      byte[] ignored = new byte[8192];
      int left = DISCARDED;
      int count = 0;
      while (left > 0 && count >= 0) {
        count = framed.read(ignored, 0, Math.min(ignored.length, left));
        left -= count;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the rest of a body: {0}", e.getMessage());
    } finally {
      reading.unlock();
    }
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
