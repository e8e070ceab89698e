package io.sockerless.wire;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Sends requests over pooled HTTP/1.1 connections and hands the answers out as they come: heads
 * whole, bodies streamed, upload and answer at the same time. It changes nothing on the way: no
 * header added but the framing, nothing decoded, followed or tried again behind the caller's back.
 */
public final class WireClient {

  private static final int INLINE_BODY = 16 * 1024;
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final ConnectionPool pool;

  /** A client of the server that the pool dials. */
  public WireClient(ConnectionPool pool) {
    this.pool = pool;
  }

  /**
   * An answer whose head has come. Its connection goes back to the pool on {@link #close} if the
   * body was read to its end, else it is closed, which tells the server that nobody listens any
   * more.
   */
  public static final class Response implements Closeable {
    private final Lease lease;
    private final ResponseHead head;
    private final BodyInput body;

    private Response(Lease lease, ResponseHead head, BodyInput body) {
      this.lease = lease;
      this.head = head;
      this.body = body;
    }

    /** Status and header fields as they came. */
    public ResponseHead head() {
      return head;
    }

    /** The body, streamed. */
    public BodyInput body() {
      return body;
    }

    /**
     * Takes the connection out of HTTP: from here on its bytes belong to the caller, who must close
     * it.
     */
    public Connection takeOver() throws IOException {
      return lease.keep();
    }

    @Override
    public void close() {
      if (body.isFinished() && head.keepsAlive()) {
        lease.giveBack();
      } else {
        lease.close();
      }
    }
  }

  /**
   * A connection on loan for one exchange. It ends once, either way: a late cancellation must not
   * hit the exchange that has the connection next.
   */
  private final class Lease implements Closeable {
    private final AtomicReference<Optional<Connection>> connection;
    private volatile boolean uploading;
    private volatile boolean ended;

    Lease(Connection connection) {
      this.connection = new AtomicReference<>(Optional.of(connection));
    }

    Connection keep() throws IOException {
      return connection
          .getAndSet(Optional.empty())
          .orElseThrow(() -> new EOFException("the exchange was cancelled"));
    }

    void giveBack() {
      if (uploading) {
        close();
      } else {
        connection.getAndSet(Optional.empty()).ifPresent(pool::give);
      }
    }

    @Override
    public void close() {
      ended = true;
      connection.getAndSet(Optional.empty()).ifPresent(Connection::close);
    }
  }

  /**
   * Sends a request and blocks until the answer's head has come.
   *
   * @param head without framing fields; those are added here
   * @param body read to its end, while the answer may already be on its way
   * @param length bytes in the body, or -1 if only its end will tell
   * @param opened told once a connection is in use, with what cancels the exchange
   * @throws ConnectionFailedException if no connection could be opened
   * @throws IOException if it broke
   */
  public Response send(RequestHead head, InputStream body, long length, Consumer<Closeable> opened)
      throws IOException {
    if (length >= 0 && length <= INLINE_BODY) {
      byte[] content = body.readNBytes((int) length);
      if (content.length < length) {
        throw new EOFException("the request's body ended early");
      }
      return sendInline(framed(head, length), content, opened);
    }
    RequestHead framed = framed(head, length);
    Connection connection = open();
    Lease lease = new Lease(connection);
    opened.accept(lease);
    try {
      connection.output().write(framed.encode());
      lease.uploading = true;
      ThreadKind.ofCaller().name("upload").start(() -> upload(body, length, connection, lease));
      return receive(framed.method(), connection, lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** Sends a request without a body. */
  public Response send(RequestHead head, Consumer<Closeable> opened) throws IOException {
    return send(head, new ByteArrayInputStream(new byte[0]), 0, opened);
  }

  private Response sendInline(RequestHead head, byte[] content, Consumer<Closeable> opened)
      throws IOException {
    byte[] encoded = head.encode();
    byte[] message = Arrays.copyOf(encoded, encoded.length + content.length);
    System.arraycopy(content, 0, message, encoded.length, content.length);
    boolean safe = SAFE.contains(head.method());
    Optional<Connection> idle = pool.take();
    while (idle.isPresent() && !safe && idle.get().isStale()) {
      idle.get().close();
      idle = pool.take();
    }
    if (idle.isPresent()) {
      Lease lease = new Lease(idle.get());
      try {
        return exchange(head.method(), message, idle.get(), lease, opened);
      } catch (IOException e) {
        boolean cancelled = lease.ended;
        lease.close();
        if (!safe || cancelled) {
          throw e;
        }
        // The server had closed an idle connection: what asks for nothing but an answer may ask
        // again.
      }
    }
    Connection connection = open();
    Lease lease = new Lease(connection);
    try {
      return exchange(head.method(), message, connection, lease, opened);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private Response exchange(
      String method, byte[] message, Connection connection, Lease lease, Consumer<Closeable> opened)
      throws IOException {
    opened.accept(lease);
    connection.output().write(message);
    return receive(method, connection, lease);
  }

  private Response receive(String method, Connection connection, Lease lease) throws IOException {
    ResponseHead head;
    do {
      head = connection.input().readResponseHead();
    } while (head.status() / 100 == 1 && head.status() != 101);
    return new Response(lease, head, BodyInput.ofResponse(method, head, connection.input()));
  }

  private Connection open() throws ConnectionFailedException {
    try {
      return pool.open();
    } catch (IOException e) {
      throw new ConnectionFailedException(e);
    }
  }

  private static RequestHead framed(RequestHead head, long length) {
    Headers headers = head.headers();
    if (length < 0) {
      headers = headers.and("Transfer-Encoding", "chunked");
    } else if (length > 0 || (!SAFE.contains(head.method()) && !head.method().equals("DELETE"))) {
      headers = headers.and("Content-Length", Long.toString(length));
    }
    return new RequestHead(head.method(), head.target(), headers);
  }

  /**
   * A sender that fails leaves a body cut short, so the connection is closed; a receiver that
   * refuses is to answer.
   */
  private static void upload(InputStream body, long length, Connection connection, Lease lease) {
    SendingOutput sending = new SendingOutput(connection.output());
    try {
      if (length < 0) {
        ChunkedOutput chunks = new ChunkedOutput(sending);
        chunks.transferFrom(body);
        chunks.finish();
      } else {
        Copy.all(body, sending);
      }
      lease.uploading = false;
    } catch (IOException e) {
      if (!sending.failed) {
        lease.close();
      }
    }
  }

  /** Remembers that it was the receiving side that failed. */
  private static final class SendingOutput extends OutputStream {
    private final OutputStream output;
    private boolean failed;

    SendingOutput(OutputStream output) {
      this.output = output;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        output.write(bytes, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
