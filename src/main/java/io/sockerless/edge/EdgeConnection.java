package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.http.ApiPath;
import io.sockerless.http.Errors;
import io.sockerless.stream.Relay;
import io.sockerless.wire.BodyInput;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.ResponseHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection, on a thread of its own: reads request after request by the strict
 * grammar, has each served, and writes the answers in order. What breaks the grammar is answered
 * once and the connection closed, because nobody can say where the next request would begin.
 */
final class EdgeConnection implements Departures.Client {

  private static final Logger LOG = System.getLogger(EdgeConnection.class.getName());

  /** How long a head may take from its first byte, however it trickles. */
  static final Duration HEAD_TIME = Duration.ofSeconds(30);

  private static final Duration LINGER_TIME = Duration.ofSeconds(2);

  private final ChannelTransport socket;
  private final Connection client;
  private final EdgeRoutes routes;
  private final Duration headTime;
  private final Deadline deadline;
  private volatile Optional<Exchanging> current = Optional.empty();
  private Optional<HijackedStream> taken = Optional.empty();
  private volatile Optional<HijackedStream> carried = Optional.empty();

  EdgeConnection(ChannelTransport socket, EdgeRoutes routes, Duration headTime) {
    this.socket = socket;
    this.client = new Connection(socket);
    this.routes = routes;
    this.headTime = headTime;
    this.deadline = new Deadline(client);
  }

  /**
   * Serves requests until the connection ends, or until a stream takes it over, which is then for
   * {@link #carry}.
   */
  Optional<HijackedStream> serve() {
    try {
      deadline.arm(headTime, true);
      while (client.input().awaitData()) {
        deadline.arm(headTime, true);
        RequestHead head = client.input().readRequestHead();
        deadline.disarm();
        if (!serve(head)) {
          if (taken.isEmpty()) {
            linger();
          }
          return taken;
        }
      }
    } catch (ProtocolException e) {
      refuse(e);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "connection ended: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "connection failed", e);
    } finally {
      deadline.disarm();
      current.ifPresent(Exchanging::finish);
      if (taken.isEmpty()) {
        client.close();
      }
    }
    return taken;
  }

  /** Joins the client with the stream that took the connection over, until both have ended. */
  void carry(HijackedStream stream) {
    try (stream) {
      client
          .output()
          .write(new ResponseHead(1, stream.status(), stream.reason(), stream.headers()).encode());
      client.input().release();
      stream.idle();
      carried = Optional.of(stream);
      new Relay(client, stream).run();
      linger();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "stream ended: {0}", e.getMessage());
    } finally {
      deadline.disarm();
      client.close();
    }
  }

  /**
   * Called often: cuts slow heads, and begins to watch for a client that leaves once its request
   * has run for a while.
   */
  void tick(long now) {
    deadline.check(now);
    current.ifPresent(exchanging -> exchanging.watchIfDue(now));
  }

  /**
   * {@inheritDoc}
   *
   * <p>That is so once it has ended its direction of a stream, whose output it may wait for, or has
   * sent the next request behind one that is still being answered.
   */
  @Override
  public boolean isUnwatched() {
    return carried.isPresent()
        ? client.input().isAtEnd()
        : current.filter(Exchanging::isWatched).isPresent() && !client.input().isBeingRead();
  }

  @Override
  public ChannelTransport socket() {
    return socket;
  }

  @Override
  public void close() {
    current.ifPresent(Exchanging::cancel);
    client.close();
    carried.ifPresent(HijackedStream::close);
  }

  /** Serves one request; false if the connection must not serve another. */
  private boolean serve(RequestHead head) throws IOException {
    checkHost(head);
    Target target = Target.parse(head.target());
    BodyInput framed = BodyInput.ofRequest(head, client.input());
    RequestBody content = new RequestBody(head, framed, client.output());
    Cancellation cancellation = new Cancellation();
    Body body = new Body(content, framed.length());
    ApiPath path = ApiPath.of(target.path());
    Headers headers = head.headers().endToEnd().without("Expect");
    Call call = new Call(path.version(), new Query(target.query()), headers, body, cancellation);

    Exchanging exchanging = new Exchanging(client, framed, cancellation);
    current = Optional.of(exchanging);
    try {
      Reply reply = routes.route(head, target, path, call);
      refuseMalformed(content, reply);
      content.answering();
      return switch (reply) {
        case Reply.Hijacked(HijackedStream stream) -> {
          exchanging.finish();
          taken = Optional.of(stream);
          yield false;
        }
        case Reply.Answered(Answer answer) -> {
          boolean keep = head.keepsAlive() && !head.wantsUpgrade() && framed.isFinished();
          answer(head, answer, keep);
          // What a client that has left sent behind is for nobody any more.
          yield keep && !cancellation.isCancelled();
        }
      };
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      exchanging.finish();
      current = Optional.empty();
    }
  }

  /** A body that broke the grammar is answered as such, not by what it broke behind us. */
  private static void refuseMalformed(RequestBody content, Reply reply) throws ProtocolException {
    Optional<ProtocolException> malformed = content.malformed();
    if (malformed.isPresent()) {
      reply.close();
      throw malformed.get();
    }
  }

  private void answer(RequestHead head, Answer answer, boolean keep) throws IOException {
    try (answer) {
      new AnswerWriter(client.output(), head).write(answer, keep);
    } catch (ProtocolException e) {
      // What broke the grammar stands behind us; a refusal here would land inside the answer.
      throw new IOException("the answer broke: " + e.text(), e);
    }
  }

  private static void checkHost(RequestHead head) throws ProtocolException {
    int hosts = head.headers().all("Host").size();
    if (hosts > 1 || (hosts == 0 && head.minor() == 1)) {
      throw new ProtocolException(
          400, hosts == 0 ? "missing required Host header" : "more than one Host header");
    }
  }

  /**
   * Lets the client read what it was sent before the connection closes: closing over unread bytes
   * would reset it.
   */
  private void linger() throws IOException {
    deadline.arm(LINGER_TIME, false);
    client.shutdownOutput();
    byte[] ignored = new byte[8192];
    while (client.input().read(ignored, 0, ignored.length) >= 0) {
      // Read past it.
    }
  }

  private void refuse(ProtocolException error) {
    try {
      Answer answer = Errors.answer(error.status(), error.text());
      new AnswerWriter(client.output(), new RequestHead("GET", "/", Headers.empty()))
          .writeLast(answer);
      linger();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection ended: {0}", e.getMessage());
    }
  }

  /**
   * The request being served: watched for a client that leaves, which cancels what it asked for.
   */
  private static final class Exchanging {
    private static final long WATCH_AFTER = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long GRACE_MILLIS = 1000;

    private final Connection client;
    private final BodyInput body;
    private final Cancellation cancellation;
    private final long started = System.nanoTime();
    private final java.util.concurrent.CountDownLatch finished =
        new java.util.concurrent.CountDownLatch(1);
    private boolean watched;

    Exchanging(Connection client, BodyInput body, Cancellation cancellation) {
      this.client = client;
      this.body = body;
      this.cancellation = cancellation;
    }

    void finish() {
      finished.countDown();
    }

    void cancel() {
      cancellation.cancel();
    }

    /** Only the ticking thread calls this, and {@link #isWatched}. */
    void watchIfDue(long now) {
      if (!watched && now - started > WATCH_AFTER && body.isFinished() && finished.getCount() > 0) {
        watched = true;
        client.input().watch(this::left);
      }
    }

    boolean isWatched() {
      return watched;
    }

    /**
     * A client that only ended its direction still gets an answer that is near; a stream that goes
     * on is cut.
     */
    private void left() {
      try {
        if (!finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
          cancellation.cancel();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
