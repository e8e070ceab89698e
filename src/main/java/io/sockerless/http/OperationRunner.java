package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.wire.Headers;

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

  private Answer answer(Operation operation, Call call) {
    try {
      ApiVersions.check(call.version(), engine);
      return operation.run(call);
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
