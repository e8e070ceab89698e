package io.sockerless.http;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.wire.Headers;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns each request into a {@link Call}: the edge's own where the edge sent it, else one of what
 * came to the server's own port, whose version prefix it takes off before the resource is chosen.
 */
@Provider
@PreMatching
public class CallFilter implements ContainerRequestFilter {

  private static final String CALL = Call.class.getName();
  private static final String EXCHANGE = Exchange.class.getName();

  private final Engine engine;
  private final Exchanges exchanges;

  /** Finds what it needs by itself: JAX-RS makes its providers without constructor injection. */
  public CallFilter() {
    this(CDI.current().select(Engine.class).get(), CDI.current().select(Exchanges.class).get());
  }

  /** Checks versions with the engine. */
  CallFilter(Engine engine, Exchanges exchanges) {
    this.engine = engine;
    this.exchanges = exchanges;
  }

  static Call callOf(HttpServletRequest request) {
    return (Call) request.getAttribute(CALL);
  }

  static Optional<Exchange> exchangeOf(ContainerRequestContext request) {
    return Optional.ofNullable((Exchange) request.getProperty(EXCHANGE));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String id = request.getHeaderString(Exchanges.HEADER);
    Optional<Exchange> exchange = id == null ? Optional.empty() : exchanges.take(id);
    Call call;
    if (exchange.isPresent()) {
      request.setProperty(EXCHANGE, exchange.get());
      call = exchange.get().call();
    } else {
      call = direct(request);
    }
    request.setProperty(CALL, call);
    ApiVersions.check(call.version(), engine);
  }

  private static Call direct(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    ApiPath path = ApiPath.of(uri.getRawPath());
    if (path.version().isPresent()) {
      request.setRequestUri(uri.resolve(path.path()));
    }
    Query query = new Query(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    return new Call(
        path.version(), query, headers(request).endToEnd(), body(request), new Cancellation());
  }

  private static Body body(ContainerRequestContext request) {
    String length = request.getHeaderString("Content-Length");
    if (length == null && request.getHeaderString("Transfer-Encoding") == null) {
      return Body.none();
    }
    return new Body(request.getEntityStream(), length == null ? -1 : Long.parseLong(length));
  }

  private static Headers headers(ContainerRequestContext request) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : request.getHeaders().entrySet()) {
      if (!entry.getKey().equalsIgnoreCase(Exchanges.HEADER)) {
        entry.getValue().forEach(value -> fields.add(new Headers.Field(entry.getKey(), value)));
      }
    }
    return Headers.of(fields);
  }
}
