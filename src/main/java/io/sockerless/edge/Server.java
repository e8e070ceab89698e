package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Identity;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.Errors;
import io.sockerless.stream.ConnectionStream;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.ConnectionPool;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.WireClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The application server behind the edge, at its own loopback port: what no resource of ours has is
 * relayed to it whole, such as health, the console, WebSockets.
 */
final class Server {

  /** How long the application server may take to start. */
  static final Duration START = Duration.ofMinutes(2);

  /** Spelt out: Payara has the JVM prefer IPv6, by which its own port is not there. */
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final CountDownLatch started = new CountDownLatch(1);
  private final WireClient client;
  private final EdgePasses passes;

  Server(int port, EdgePasses passes) {
    this.passes = passes;
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, port);
    this.client = new WireClient(new ConnectionPool(() -> ChannelTransport.connect(address)));
  }

  /** Relays a request. */
  Answer relay(RequestHead head, Target target, Call call) {
    try {
      return answer(send(head, target, call));
    } catch (IOException e) {
      return unavailable(e);
    }
  }

  /** Opens a WebSocket of the server's. */
  Reply upgrade(RequestHead head, Target target, Call call) {
    try {
      WireClient.Response response = send(head, target, call);
      return response.head().status() == 101
          ? new Reply.Hijacked(new ConnectionStream(response.head(), response.takeOver()))
          : new Reply.Answered(answer(response));
    } catch (IOException e) {
      return new Reply.Answered(unavailable(e));
    }
  }

  /** What the server says to somebody who logs in. */
  sealed interface Welcome {
    /** It knows them. */
    record Known(Identity identity) implements Welcome {}

    /** It asks them for something, or does not let them in. */
    record Challenge(Answer answer) implements Welcome {}
  }

  /** Has the server find out who shows these fields; it keeps what it wants to know next time. */
  Welcome logIn(Headers headers) throws IOException {
    awaitStart();
    try (EdgePasses.Pass pass = passes.issue(Identity.ANONYMOUS)) {
      WireClient.Response response =
          client.send(
              new RequestHead(
                  "GET", ConsoleLogin.PATH, headers.and(EdgePasses.HEADER, pass.text())),
              connection -> {});
      if (pass.login().isEmpty()) {
        return new Welcome.Challenge(answer(response));
      }
      response.close();
      return new Welcome.Known(pass.login().get());
    }
  }

  /**
   * Whether the application answers at the server's port yet; requests wait until somebody has
   * found that it does.
   */
  boolean isReady() {
    try (EdgePasses.Pass pass = passes.issue(Identity.SERVER);
        WireClient.Response response = client.send(probe(pass), connection -> {})) {
      response.body().readAllBytes();
      boolean ready = response.head().status() == 200;
      if (ready) {
        started.countDown();
      }
      return ready;
    } catch (IOException e) {
      return false;
    }
  }

  private static RequestHead probe(EdgePasses.Pass pass) {
    return new RequestHead(
        "GET",
        "/internal/v1/capabilities",
        Headers.of("Host", "localhost", EdgePasses.HEADER, pass.text()));
  }

  private WireClient.Response send(RequestHead head, Target target, Call call) throws IOException {
    awaitStart();
    Body body = call.body();
    String line = target.query().isEmpty() ? target.path() : target.path() + "?" + target.query();
    try (EdgePasses.Pass pass = passes.issue(call.identity())) {
      Call passed = call.withHeader(EdgePasses.HEADER, pass.text());
      return client.send(
          new RequestHead(head.method(), line, passed.headers()),
          body.stream(),
          body.length(),
          connection -> call.cancellation().onCancel(() -> close(connection)));
    }
  }

  private void awaitStart() throws IOException {
    try {
      if (!started.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SocketTimeoutException("it has not started");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it has not started");
    }
  }

  private static Answer unavailable(IOException e) {
    return Errors.answer(503, "the application server does not answer: " + e.getMessage());
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private static Answer answer(WireClient.Response response) {
    return new Answer(
        response.head().status(),
        response.head().reason(),
        response.head().headers().endToEnd(),
        response.body(),
        response.body().length(),
        response::close);
  }
}
