package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one place that writes errors, in Docker's form: {@code {"message": …}}; or as text, where an
 * error says by its type that it stands in place of a container's stream.
 */
@Dependent
@Provider
public class Errors implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(Errors.class.getName());
  static final String UNKNOWN_PATH = "page not found";

  /** The type of what dockerd writes to a client that attaches, its errors included. */
  private static final String RAW_STREAM = "application/vnd.docker.raw-stream";

  @Override
  public Response toResponse(Throwable error) {
    Answer answer = answer(error);
    return OperationFilter.response(answer);
  }

  /** The answer for whatever an operation threw. */
  public static Answer answer(Throwable error) {
    return switch (error) {
      case EngineException engine when isInPlaceOfStream(engine) -> stream(engine);
      case EngineException engine -> document(engine.status(), engine.headers(), engine.text());
      case WebApplicationException web when isUnknownPath(web) -> answer(404, UNKNOWN_PATH);
      case WebApplicationException web -> answer(web.getResponse().getStatus(), message(web));
      default -> {
        LOG.log(Level.ERROR, "unexpected error", error);
        yield answer(500, message(error));
      }
    };
  }

  /** An error that no exception stands for. */
  public static Answer answer(int status, String message) {
    return document(status, Headers.empty(), message);
  }

  /** The internal API has documents for all errors. */
  private static boolean isInPlaceOfStream(EngineException error) {
    return error.headers().all("Content-Type").equals(List.of(RAW_STREAM))
        && InternalRequest.current().isEmpty();
  }

  private static Answer stream(EngineException error) {
    byte[] text = (error.text() + "\r\n").getBytes(StandardCharsets.UTF_8);
    return new Answer(
        error.status(), "", error.headers(), new ByteArrayInputStream(text), text.length, () -> {});
  }

  /** Writes the error with which a servlet's filter answers in an operation's place. */
  public static void send(HttpServletResponse response, int status, String message)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getWriter().println(body(message));
  }

  private static JsonObject body(String message) {
    return JsonBuilders.object().add("message", message).build();
  }

  private static boolean isUnknownPath(WebApplicationException web) {
    int status = web.getResponse().getStatus();
    return status == 404 || status == 405 || status == 406 || status == 415;
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static Answer document(int status, Headers headers, String message) {
    InternalRequest.current().ifPresent(request -> request.logError(status, message));
    return Answer.json(
        status,
        headers.without("Content-Type").and("Content-Type", "application/json"),
        body(message));
  }
}
