package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.http.ApiPath;
import io.sockerless.http.ApiVersions;
import io.sockerless.http.EdgeUpgrade;
import io.sockerless.http.Errors;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.InternalRequest;
import io.sockerless.http.Operation;
import io.sockerless.http.OperationRunner;
import io.sockerless.http.Router;
import io.sockerless.stream.StreamWithHeaders;
import io.sockerless.wire.RequestHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides who serves a request: the engine itself what takes over the connection, the application
 * server all else.
 */
final class EdgeRoutes {

  private static final Pattern ATTACH = Pattern.compile("(?:/internal/v1)?/containers/(.+)/attach");
  private static final Pattern ATTACH_WEB_SOCKET = Pattern.compile("/containers/(.+)/attach/ws");
  private static final Pattern EXEC_START = Pattern.compile("(?:/internal/v1)?/exec/([^/]+)/start");

  private final Engine engine;
  private final InternalErrors errors;
  private final Router router;
  private final OperationRunner runner;
  private final Server server;
  private final Map<String, EdgeUpgrade> upgrades;

  EdgeRoutes(Engine engine, Router router, Server server, List<EdgeUpgrade> upgrades) {
    this.engine = engine;
    this.upgrades =
        upgrades.stream().collect(Collectors.toUnmodifiableMap(EdgeUpgrade::path, it -> it));
    this.errors = new InternalErrors(engine);
    this.router = router;
    this.runner = new OperationRunner(engine);
    this.server = server;
  }

  /** Serves a request up to the head of its answer; those of the internal API under an id. */
  Reply route(RequestHead head, Target target, ApiPath path, Call call) throws IOException {
    Optional<InternalRequest> internal =
        InternalRequest.of(head.method(), path.path(), call.headers());
    if (internal.isEmpty()) {
      return dispatch(head, target, path, call);
    }
    InternalRequest request = internal.get();
    Call identified = call.withHeader(InternalRequest.HEADER, request.id());
    return switch (request.serve(() -> dispatch(head, target, path, identified))) {
      case Reply.Answered(Answer answer) -> new Reply.Answered(request.mark(answer));
      case Reply.Hijacked(HijackedStream stream) ->
          new Reply.Hijacked(new StreamWithHeaders(stream, request.mark(stream.headers())));
    };
  }

  private Reply dispatch(RequestHead head, Target target, ApiPath path, Call call)
      throws IOException {
    if (head.method().equals("POST")) {
      Matcher exec = EXEC_START.matcher(path.path());
      if (exec.matches()) {
        return startExec(id(exec), head, target, path, call);
      }
    }
    Optional<Function<Call, HijackedStream>> hijack = hijack(head, path.path());
    if (hijack.isPresent()) {
      return start(hijack.get(), withUpgrade(head, call));
    }
    if (!isWebSocket(head)) {
      return new Reply.Answered(operate(head, target, path, call));
    }
    Optional<EdgeUpgrade> own = Optional.ofNullable(upgrades.get(target.path()));
    return own.isPresent() && head.method().equals("GET")
        ? start(own.get()::open, withUpgrade(head, call))
        : server.upgrade(head, target, withUpgrade(head, call));
  }

  /** Only the body tells whether anybody will watch the command. */
  private Reply startExec(String id, RequestHead head, Target target, ApiPath path, Call call)
      throws IOException {
    byte[] body;
    boolean detach;
    try {
      body = call.body().bytes();
      detach = Body.parse(body).getBoolean("Detach", false);
    } catch (EngineException e) {
      return new Reply.Answered(Errors.answer(e));
    }
    Call again = call.with(Body.of(body));
    return detach
        ? new Reply.Answered(operate(head, target, path, again))
        : start(
            about(path.path(), errors.exec(id), it -> startAttached(id, it)),
            withUpgrade(head, again));
  }

  /** Of all that takes over its connection, dockerd's answer to this alone says whose it is. */
  private HijackedStream startAttached(String id, Call call) {
    HijackedStream stream = engine.execs().startAttached(id, call);
    return new StreamWithHeaders(stream, runner.complete(stream.headers()));
  }

  private Answer operate(RequestHead head, Target target, ApiPath path, Call call)
      throws IOException {
    Optional<Operation> operation = router.find(head.method(), path.path());
    if (operation.isPresent()) {
      return runner.run(operation.get(), call);
    }
    return router.knows(path.path()) || head.method().equals("OPTIONS")
        ? runner.unknown(head.method())
        : server.relay(head, target, call);
  }

  private Reply start(Function<Call, HijackedStream> hijack, Call call) {
    try {
      Optional<Answer> refusal = ApiVersions.refusal(call.version(), engine);
      return refusal.isPresent()
          ? new Reply.Answered(refusal.get())
          : new Reply.Hijacked(hijack.apply(call));
    } catch (RuntimeException e) {
      return new Reply.Answered(Errors.answer(e));
    }
  }

  private Optional<Function<Call, HijackedStream>> hijack(RequestHead head, String path) {
    if (head.method().equals("GET")) {
      Matcher socket = ATTACH_WEB_SOCKET.matcher(path);
      return socket.matches()
          ? Optional.of(call -> engine.containers().attachWebSocket(id(socket), call))
          : Optional.empty();
    }
    if (!head.method().equals("POST")) {
      return Optional.empty();
    }
    Matcher attach = ATTACH.matcher(path);
    if (attach.matches()) {
      String id = id(attach);
      return Optional.of(
          about(path, errors.container(id), call -> engine.containers().attach(id, call)));
    }
    return switch (path) {
      case "/session" -> Optional.of(engine.system()::session);
      case "/grpc" -> Optional.of(engine.system()::grpc);
      default -> Optional.empty();
    };
  }

  /** The operation, with the internal API's words for what is missing on a path of that. */
  private Function<Call, HijackedStream> about(
      String path, InternalErrors.Subject subject, Function<Call, HijackedStream> hijack) {
    return path.startsWith("/internal/")
        ? call -> errors.about(List.of(subject), call, () -> hijack.apply(call))
        : hijack;
  }

  private static String id(Matcher path) {
    return ApiPath.decode(path.group(1));
  }

  private static boolean isWebSocket(RequestHead head) {
    return head.wantsUpgrade()
        && head.headers().first("Upgrade").orElse("").equalsIgnoreCase("websocket");
  }

  /**
   * The call with the fields that ask for another protocol, which end at the edge for all others.
   * dockerd asks nobody whether {@code Connection} names {@code Upgrade} too, as RFC 9110, 7.8 has
   * it, and there are clients that leave that out.
   */
  private static Call withUpgrade(RequestHead head, Call call) {
    return head.headers()
        .first("Upgrade")
        .map(it -> call.withHeader("Connection", "Upgrade").withHeader("Upgrade", it))
        .orElse(call);
  }
}
