package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.wire.Headers;
import java.util.Optional;

/**
 * Runs the operations of resources, for the edge and for the server's own port alike: what dockerd
 * does around every route. Versions that the engine does not speak are refused, errors become
 * answers, and each answer says which server gave it.
 */
public final class OperationRunner {

  private final Engine engine;

  /** Runs operations of an engine. */
  public OperationRunner(Engine engine) {
    this.engine = engine;
  }

  /** Runs one; whatever it throws is answered. */
  public Answer run(Operation operation, Call call) {
    return complete(answer(operation, call));
  }

  /**
   * Answers what no route of the Docker Engine API has. JAX-RS would take HEAD for GET; dockerd has
   * HEAD where its API names it, and OPTIONS everywhere.
   */
  public Answer unknown(String method) {
    return method.equals("OPTIONS")
        ? complete(Answer.empty(200))
        : Errors.answer(404, Errors.UNKNOWN_PATH);
  }

  private Answer answer(Operation operation, Call call) {
    try {
      Optional<Answer> refusal = ApiVersions.refusal(call.version(), engine);
      return refusal.isPresent() ? refusal.get() : operation.run(call);
    } catch (RuntimeException e) {
      return Errors.answer(e);
    }
  }

  private Answer complete(Answer answer) {
    Headers headers = complete(answer.headers());
    return headers == answer.headers()
        ? answer
        : new Answer(
            answer.status(),
            answer.reason(),
            headers,
            answer.body(),
            answer.length(),
            answer.release());
  }

  /** The fields of an answer, and those of the server that are missing. */
  public Headers complete(Headers headers) {
    Headers complete = headers;
    for (Headers.Field field : engine.headers().fields()) {
      if (headers.first(field.name()).isEmpty()) {
        complete = complete.and(field.name(), field.value());
      }
    }
    return complete;
  }
}
