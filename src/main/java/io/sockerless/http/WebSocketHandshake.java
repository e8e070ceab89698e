package io.sockerless.http;

import io.sockerless.engine.Identity;
import io.sockerless.wire.Headers;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the WebSockets of the internal API their request id, as all its answers have one, and keeps
 * whom they are opened for.
 */
public class WebSocketHandshake extends ServerEndpointConfig.Configurator {

  private static final String IDENTITY = Identity.class.getName();
  private static final String REQUEST = InternalRequest.class.getName();

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
      header.getValue().forEach(value -> fields.add(new Headers.Field(header.getKey(), value)));
    }
    Headers headers = Headers.of(fields);
    EdgePasses passes = CDI.current().select(EdgePasses.class).get();
    config.getUserProperties().put(IDENTITY, passes.identity(headers));
    InternalRequest.of("WS", request.getRequestURI().getRawPath(), headers)
        .ifPresent(internal -> {
          response.getHeaders().put(InternalRequest.HEADER, List.of(internal.id()));
          config.getUserProperties().put(REQUEST, internal);
        });
  }

  /** Whom the socket was opened for. */
  static Identity identityOf(Session session) {
    return session.getUserProperties().get(IDENTITY) instanceof Identity identity
        ? identity
        : Identity.ANONYMOUS;
  }

  static Optional<InternalRequest> requestOf(Session session) {
    return session.getUserProperties().get(REQUEST) instanceof InternalRequest request
        ? Optional.of(request)
        : Optional.empty();
  }
}
