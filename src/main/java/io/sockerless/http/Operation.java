package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * What a resource answers: the operation that the request asks for, not run yet. The edge runs it
 * on the client's own thread, so that no thread of the application server waits; a request to the
 * server's own port is run by {@link OperationFilter}.
 */
public final class Operation {

  private final Call call;
  private final Function<Call, Answer> function;

  private Operation(Call call, Function<Call, Answer> function) {
    this.call = call;
    this.function = function;
  }

  /** The operation for a request, which {@link CallFilter} has turned into a call. */
  public static Operation of(HttpServletRequest request, Function<Call, Answer> function) {
    return new Operation(CallFilter.callOf(request), function);
  }

  /** The call that it runs with. */
  Call call() {
    return call;
  }

  /** Runs it, and turns what it throws into an answer. */
  public Answer run() {
    try {
      return function.apply(call);
    } catch (RuntimeException e) {
      return Errors.answer(e);
    }
  }
}
