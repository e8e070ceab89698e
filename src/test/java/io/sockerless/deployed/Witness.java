package io.sockerless.deployed;

import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An interceptor that somebody else has put beside the application: it writes down what passes. */
@ApplicationScoped
public class Witness implements Interceptor {

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Override
  public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
    try {
      Answer answer = operation.apply(invocation);
      seen.add(invocation.operation() + " " + answer.status());
      return answer;
    } catch (EngineException e) {
      seen.add(invocation.operation() + " " + e.status());
      throw e;
    }
  }

  @Override
  public HijackedStream hijack(
      Invocation invocation, Function<Invocation, HijackedStream> operation) {
    return operation.apply(invocation);
  }

  /** What has passed since this was last asked, each as an operation and its status. */
  public List<String> takeSeen() {
    List<String> taken = List.copyOf(seen);
    seen.clear();
    return taken;
  }
}
