package io.sockerless.edge;

import io.sockerless.edge.Gate.Admission;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import io.sockerless.http.ApiPath;
import io.sockerless.http.Errors;
import io.sockerless.stream.Relay;
import io.sockerless.wire.BodyInput;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.PlainTextException;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.ResponseHead;
import io.sockerless.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One client's connection, on a thread of its own: reads request after request by the strict
 * grammar, has each served, and writes the answers in order. What breaks the grammar is answered
 * once and the connection closed, because nobody can say where the next request would begin.
 */
final class EdgeConnection implements Departures.Client {

  private static final Logger LOG = System.getLogger(EdgeConnection.class.getName());

  /**
   * How long a head may take from its first byte, however it trickles; the first one from the
   * moment that the client has come, its handshake included.
   */
  static final Duration HEAD_TIME = Duration.ofSeconds(30);

  /** As Go's server has it, byte for byte. */
  private static final byte[] PLAIN_TEXT =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
          .getBytes(StandardCharsets.US_ASCII);

  /** What is answered for as long as something goes on, or somebody looks. */
  private static final Pattern WATCHES =
      Pattern.compile(
          "(?:/internal/v1)?/(?:events|containers/.+/(?:logs|stats|wait)|services/[^/]+/logs|tasks/[^/]+/logs)"
              + "|/console/.*");

  private static final Duration LINGER_TIME = Duration.ofSeconds(2);

  /** How long an answer waits for what is left of a request that nobody wants to read. */
  private static final Duration DISCARD_TIME = Duration.ofSeconds(2);

  /**
   * How long a stream's output is held back behind the head of its answer. Docker's SDK for Python,
   * and others whose HTTP client reads a head through a buffer, go on at the socket itself and lose
   * what came along with the head. No daemon starts a process sooner than they have read it; a
   * sandbox does.
   */
  private static final Duration HEAD_ALONE = Duration.ofMillis(30);

  /** Goes on with what its buffer has, and is not kept waiting. */
  private static final String DOCKERS_OWN_CLIENT = "Docker-Client/";

  private final ChannelTransport socket;
  private final Entrance entrance;
  private final Transport transport;
  private final Connection client;
  private final Gate gate;
  private final EdgeRoutes routes;
  private final Duration headTime;
  private final Deadline deadline;
  private volatile Optional<Exchanging> current = Optional.empty();
  private Optional<HijackedStream> taken = Optional.empty();
  private Duration headAlone = Duration.ZERO;
  private volatile Optional<HijackedStream> carried = Optional.empty();
  private volatile boolean last;

  EdgeConnection(
      ChannelTransport socket, Entrance entrance, Gate gate, EdgeRoutes routes, Duration headTime) {
    this.socket = socket;
    this.entrance = entrance;
    this.transport = entrance.transport(socket);
    this.client = new Connection(transport);
    this.gate = gate;
    this.routes = routes;
    this.headTime = headTime;
    this.deadline = new Deadline(client);
    deadline.arm(headTime, false);
  }

  /**
   * Serves requests until the connection ends, or until a stream takes it over, which is then for
   * {@link #carry}.
   */
  Optional<HijackedStream> serve() {
    try {
      Optional<Peer> peer = enter();
      if (peer.isEmpty()) {
        return taken;
      }
      deadline.owe();
      while (client.input().awaitData()) {
        if (!deadline.isArmed()) {
          deadline.arm(headTime, true);
        }
        RequestHead head = client.input().readRequestHead();
        deadline.disarm();
        if (!serve(head, peer.get())) {
          if (taken.isEmpty()) {
            linger(client);
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

  /** Begins the connection; empty if the client is not let in, and has been told so. */
  private Optional<Peer> enter() throws IOException {
    try {
      return Optional.of(entrance.enter(transport));
    } catch (PlainTextException e) {
      socket.write(PLAIN_TEXT, 0, PLAIN_TEXT.length);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "not let in: {0}", e.getMessage());
    }
    linger(new Connection(socket));
    return Optional.empty();
  }

  /** Joins the client with the stream that took the connection over, until both have ended. */
  void carry(HijackedStream stream) {
    try (stream) {
      Headers headers = BrowserGuard.ownSiteOnly(stream.headers());
      client
          .output()
          .write(new ResponseHead(1, stream.status(), stream.reason(), headers).encode());
      client.input().release();
      stream.idle();
      carried = Optional.of(stream);
      new Relay(client, stream, headAlone).run();
      linger(client);
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

  /** Serves no request after the one that is being served. */
  void answerLast() {
    last = true;
  }

  /** Whether a request is being served whose answer will end by itself. */
  boolean isAnswering() {
    return current.filter(Exchanging::endsByItself).isPresent();
  }

  @Override
  public void close() {
    current.ifPresent(Exchanging::cancel);
    client.close();
    carried.ifPresent(HijackedStream::close);
  }

  /** Serves one request; false if the connection must not serve another. */
  private boolean serve(RequestHead head, Peer peer) throws IOException {
    checkHost(head);
    Target target = Target.parse(head.target());
    BodyInput framed = BodyInput.ofRequest(head, client.input());
    RequestBody content = new RequestBody(head, framed, client.output());
    Cancellation cancellation = new Cancellation();
    Body body = new Body(content, framed.length());
    ApiPath path = ApiPath.of(target.path());
    Exchanging exchanging =
        new Exchanging(client, framed, cancellation, !WATCHES.matcher(path.path()).matches());
    current = Optional.of(exchanging);
    try {
      Reply reply = reply(head, target, path, peer, body, cancellation);
      refuseMalformed(content, reply);
      content.answering();
      return switch (reply) {
        case Reply.Hijacked(HijackedStream stream) -> {
          exchanging.finish();
          take(stream, head);
          yield false;
        }
        case Reply.Answered(Answer answer) -> {
          if (isWhole(answer)) {
            content.discard(DISCARD_TIME);
          }
          boolean keep = !last && head.keepsAlive() && !head.wantsUpgrade() && framed.isFinished();
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

  /** What is said to a request that comes in, and to one that does not. */
  private Reply reply(
      RequestHead head,
      Target target,
      ApiPath path,
      Peer peer,
      Body body,
      Cancellation cancellation)
      throws IOException {
    return switch (gate.admit(head, target, peer)) {
      case Admission.Refused(Answer answer) -> new Reply.Answered(answer);
      case Admission.Admitted(Identity identity, Headers headers) -> {
        Query query = new Query(target.query());
        Headers passed = headers.endToEnd().without("Expect");
        yield routes.route(
            head,
            target,
            path,
            new Call(path.version(), query, passed, body, cancellation, identity));
      }
    };
  }

  /** Has the connection carry a stream from now on. */
  private void take(HijackedStream stream, RequestHead head) {
    taken = Optional.of(stream);
    headAlone =
        head.headers().first("User-Agent").orElse("").startsWith(DOCKERS_OWN_CLIENT)
            ? Duration.ZERO
            : HEAD_ALONE;
  }

  /**
   * Whether nothing of the request is read while the answer is written, as a build's context is.
   */
  private static boolean isWhole(Answer answer) {
    return answer.status() >= 400
        || answer.status() == 204
        || answer.status() == 304
        || answer.known().isPresent()
        || answer.length() == 0;
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
  private void linger(Connection connection) throws IOException {
    deadline.arm(LINGER_TIME, false);
    connection.shutdownOutput();
    byte[] ignored = new byte[8192];
    while (connection.input().read(ignored, 0, ignored.length) >= 0) {
      // Read past it.
    }
  }

  private void refuse(ProtocolException error) {
    try {
      Answer answer = Errors.answer(error.status(), error.text());
      new AnswerWriter(client.output(), new RequestHead("GET", "/", Headers.empty()))
          .writeLast(answer);
      linger(client);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection ended: {0}", e.getMessage());
    }
  }
}
