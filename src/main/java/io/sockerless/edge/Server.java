package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.http.ApiPath;
import io.sockerless.http.Exchanges;
import io.sockerless.http.Operation;
import io.sockerless.stream.ConnectionStream;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.ConnectionPool;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.WireClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The application server behind the edge, at its own loopback port. An API request goes there as a
 * bare head, to be matched to a resource; the operation that comes back is run here. What the
 * server itself offers (health, the console) is relayed whole.
 */
final class Server {

  private static final Pattern SERVERS_OWN =
      Pattern.compile("/(?:health|metrics|openapi|console)(?:/.*)?");
  private static final Consumer<Closeable> UNTRACKED = connection -> {};

  private final WireClient client;
  private final Exchanges exchanges;

  Server(int port, Exchanges exchanges) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.client = new WireClient(new ConnectionPool(() -> ChannelTransport.connect(address)));
    this.exchanges = exchanges;
  }

  /** Answers a request, an unreachable server included. */
  Answer answer(RequestHead head, Target target, Call call) throws IOException {
    return SERVERS_OWN.matcher(target.path()).matches()
        ? relay(head, target, call)
        : operate(head, target, call);
  }

  /** Opens a WebSocket of the server's. */
  Reply upgrade(RequestHead head, Target target, Call call) throws IOException {
    WireClient.Response response = send(head, target, call);
    if (response.head().status() == 101) {
      return new Reply.Hijacked(new ConnectionStream(response.head(), response.takeOver()));
    }
    return new Reply.Answered(answer(response));
  }

  /** Whether the application answers at the server's port yet. */
  boolean isReady() {
    RequestHead probe =
        new RequestHead("GET", "/internal/v1/capabilities", Headers.of("Host", "localhost"));
    try (WireClient.Response response = client.send(probe, UNTRACKED)) {
      response.body().readAllBytes();
      return response.head().status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Answer operate(RequestHead head, Target target, Call call) throws IOException {
    Exchanges.Opened opened = exchanges.open(call);
    try {
      RequestHead bare =
          new RequestHead(
              head.method(),
              ApiPath.of(target.path()).path(),
              Headers.of("Host", "localhost", Exchanges.HEADER, opened.id()));
      WireClient.Response response = client.send(bare, UNTRACKED);
      Optional<Operation> operation = opened.exchange().operation();
      if (operation.isEmpty()) {
        return answer(response);
      }
      response.close();
      return operation.get().run();
    } finally {
      exchanges.take(opened.id());
    }
  }

  private Answer relay(RequestHead head, Target target, Call call) throws IOException {
    return answer(send(head, target, call));
  }

  private WireClient.Response send(RequestHead head, Target target, Call call) throws IOException {
    Body body = call.body();
    String line = target.query().isEmpty() ? target.path() : target.path() + "?" + target.query();
    RequestHead sent = new RequestHead(head.method(), line, call.headers());
    return client.send(
        sent,
        body.stream(),
        body.length(),
        connection -> call.cancellation().onCancel(() -> close(connection)));
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
