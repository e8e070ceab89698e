package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.wire.Copy;
import io.sockerless.wire.Headers;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Hands the operation that a resource chose to the edge, or runs it for a client of the server's
 * own port. Answers of the internal API get their request id here.
 */
@Dependent
@Provider
public class OperationFilter implements ContainerResponseFilter {

  private final OperationRunner runner;

  /** Finds the engine by itself: JAX-RS makes its providers without constructor injection. */
  public OperationFilter() {
    this(CDI.current().select(Engine.class).get());
  }

  OperationFilter(Engine engine) {
    runner = new OperationRunner(engine);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Optional<InternalRequest> internal = CallFilter.internalOf(request);
    if (response.getEntity() instanceof Operation operation) {
      Call call = CallFilter.callOf(request);
      Response answer =
          response(
              internal.isPresent()
                  ? internal.get().serve(() -> runner.run(operation, call))
                  : runner.run(operation, call));
      response.setStatus(answer.getStatus());
      response.getHeaders().putAll(answer.getHeaders());
      response.setEntity(answer.getEntity(), null, answer.getMediaType());
    } else if (response.getStatus() >= 400) {
      internal.ifPresent(
          it -> it.logError(response.getStatus(), response.getStatusInfo().getReasonPhrase()));
    }
    internal.ifPresent(it -> response.getHeaders().putSingle(InternalRequest.HEADER, it.id()));
  }

  /** An answer in JAX-RS's form, streamed. */
  static Response response(Answer answer) {
    Response.ResponseBuilder builder = Response.status(answer.status());
    for (Headers.Field field : answer.headers().fields()) {
      builder.header(field.name(), field.value());
    }
    if (answer.length() >= 0) {
      builder.header("Content-Length", answer.length());
    }
    if (answer.length() == 0) {
      answer.close();
      return builder.build();
    }
    return builder.entity((StreamingOutput) output -> stream(answer, output)).build();
  }

  private static void stream(Answer answer, OutputStream output) throws IOException {
    try (answer) {
      // Open Liberty swallows the first flush, and clients wait for the head of a silent stream.
      output.flush();
      output.flush();
      Copy.all(answer.body(), output);
    }
  }
}
