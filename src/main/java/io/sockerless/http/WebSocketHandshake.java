package io.sockerless.http;

import io.sockerless.wire.Headers;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the WebSockets of the internal API their request id, as all its answers have one. */
public class WebSocketHandshake extends ServerEndpointConfig.Configurator {

  private static final String REQUEST = InternalRequest.class.getName();

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    List<Headers.Field> fields = new java.util.ArrayList<>();
    for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
      header.getValue().forEach(value -> fields.add(new Headers.Field(header.getKey(), value)));
    }
    InternalRequest.of("WS", request.getRequestURI().getRawPath(), Headers.of(fields))
        .ifPresent(internal -> {
          response.getHeaders().put(InternalRequest.HEADER, List.of(internal.id()));
          config.getUserProperties().put(REQUEST, internal);
        });
  }

  static Optional<InternalRequest> requestOf(Session session) {
    return session.getUserProperties().get(REQUEST) instanceof InternalRequest request
        ? Optional.of(request)
        : Optional.empty();
  }
}
