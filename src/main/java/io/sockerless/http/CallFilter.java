package io.sockerless.http;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.Query;
import io.sockerless.wire.Headers;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
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
 * Turns each request at the server's own port into a {@link Call}, and takes the prefixes off its
 * path before the resource is chosen.
 */
@Dependent
@Provider
@PreMatching
public class CallFilter implements ContainerRequestFilter {

  private static final String CALL = Call.class.getName();
  private static final String INTERNAL = InternalRequest.class.getName();

  private final EdgePasses passes;

  /** Finds the passes by itself: JAX-RS makes its providers without constructor injection. */
  public CallFilter() {
    this.passes = CDI.current().select(EdgePasses.class).get();
  }

  static Call callOf(ContainerRequestContext request) {
    return (Call) request.getProperty(CALL);
  }

  static Optional<InternalRequest> internalOf(ContainerRequestContext request) {
    return Optional.ofNullable((InternalRequest) request.getProperty(INTERNAL));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Call call = call(request);
    request.setProperty(CALL, call);
    InternalRequest.of(
            request.getMethod(), request.getUriInfo().getRequestUri().getRawPath(), call.headers())
        .ifPresent(internal -> request.setProperty(INTERNAL, internal));
  }

  private Call call(ContainerRequestContext request) {
    URI uri = request.getUriInfo().getRequestUri();
    ApiPath path = ApiPath.of(uri.getRawPath());
    if (!path.path().equals(uri.getRawPath())) {
      request.setRequestUri(uri.resolve(path.path()));
    }
    Query query = new Query(Optional.ofNullable(uri.getRawQuery()).orElse(""));
    Headers headers = headers(request).endToEnd();
    return new Call(
        path.version(),
        query,
        headers.without(EdgePasses.HEADER),
        body(request),
        new Cancellation(),
        passes.identity(headers));
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
      entry.getValue().forEach(value -> fields.add(new Headers.Field(entry.getKey(), value)));
    }
    return Headers.of(fields);
  }
}
