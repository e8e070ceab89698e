package io.sockerless.agent.program;

import io.sockerless.agent.protocol.Backoff;
import io.sockerless.agent.protocol.Link;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.agent.protocol.WebSocketWire;
import io.sockerless.agent.websocket.Authorities;
import io.sockerless.agent.websocket.Decision;
import io.sockerless.agent.websocket.HandshakeRefused;
import io.sockerless.agent.websocket.Request;
import io.sockerless.agent.websocket.UntrustedCertificate;
import io.sockerless.agent.websocket.WebSocketServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Gives the link its connections: one that the agent makes, or those that come. */
final class Connections implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 16;
  private static final int NOT_FOUND = 404;

  /**
   * How often in a row the container may be unknown: a server that has just started is no proof.
   */
  private static final int UNKNOWN = 8;

  private final Options options;
  private final Link link;
  private Optional<WebSocketServer> server = Optional.empty();

  Connections(Options options, Link link) {
    this.options = options;
    this.link = link;
  }

  /** Begins; what is given runs once the server knows no such container any more. */
  void start(Runnable forgotten) {
    if (options.callback().isPresent()) {
      URI uri = address(options.callback().get());
      Optional<SSLContext> tls = options.authorities().map(Connections::trust);
      Thread.ofPlatform()
          .daemon()
          .name("agent-connect")
          .uncaughtExceptionHandler((_, fault) -> {
            Log.say("cannot go on: " + fault);
            forgotten.run();
          })
          .start(() -> call(uri, tls, forgotten));
    } else {
      listen(options.listen().orElseThrow());
    }
  }

  private URI address(String callback) {
    String separator = callback.contains("?") ? "&" : "?";
    return URI.create(callback + separator + "id=" + options.container());
  }

  private static SSLContext trust(String authorities) {
    try {
      return Authorities.of(Path.of(authorities));
    } catch (IOException e) {
      throw new IllegalArgumentException("--ca: " + e.getMessage(), e);
    }
  }

  private void call(URI uri, Optional<SSLContext> tls, Runnable forgotten) {
    Backoff backoff = new Backoff();
    int unknown = 0;
    while (unknown < UNKNOWN) {
      try {
        WebSocketWire wire = WebSocketWire.call(uri, options.token(), tls);
        unknown = 0;
        backoff.reset();
        speak(wire);
      } catch (HandshakeRefused e) {
        Log.say("the server refuses: " + e.status() + " " + e.body());
        unknown = e.status() == NOT_FOUND ? unknown + 1 : 0;
      } catch (UntrustedCertificate e) {
        Log.say(e.getMessage() + "; --ca FILE names who vouches for it");
      } catch (IOException e) {
        Log.say("no connection to " + uri.getAuthority() + ": " + e.getMessage());
      }
      try {
        backoff.pause();
      } catch (InterruptedException e) {
        return;
      }
    }
    Log.say("the server has no such container any more");
    forgotten.run();
  }

  private void speak(WebSocketWire wire) throws IOException {
    link.connect(wire);
    try {
      wire.listen(message -> link.receive(wire, message));
    } finally {
      link.disconnect(wire);
    }
  }

  private void listen(String address) {
    try {
      server =
          Optional.of(
              WebSocketServer.listen(
                  Options.address(address),
                  options.tls() ? Optional.of(SSLContext.getDefault()) : Optional.empty(),
                  MAX_CONNECTIONS,
                  WebSocketWire.LIMITS,
                  this::decide));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private Decision decide(Request request) {
    if (request.path().equals("/health")) {
      return plain(200, "ok");
    }
    if (!request.path().equals("/ws")) {
      return plain(NOT_FOUND, "there are /ws and /health");
    }
    List<String> authorization = request.headers().all("Authorization");
    if (authorization.size() != 1 || !isServer(authorization.getFirst())) {
      return plain(401, "wrong token");
    }
    for (String subprotocol : MessageCodec.SUBPROTOCOLS) {
      if (request.subprotocols().contains(subprotocol)) {
        return new Decision.Accept(subprotocol, socket -> speak(new WebSocketWire(socket)));
      }
    }
    return plain(400, "no subprotocol that the agent speaks");
  }

  /** In a time that does not tell how much of a token is right. */
  private boolean isServer(String authorization) {
    return !options.token().isEmpty()
        && MessageDigest.isEqual(
            authorization.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + options.token()).getBytes(StandardCharsets.UTF_8));
  }

  private static Decision plain(int status, String text) {
    return new Decision.Answer(status, "text/plain", text);
  }

  @Override
  public void close() {
    server.ifPresent(it -> {
      try {
        it.close();
      } catch (IOException e) {
        Log.say(String.valueOf(e.getMessage()));
      }
    });
  }
}
