package io.sockerless.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks an engine whether it answers, on behalf of the server itself and never for long. */
public final class Probe {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Probe() {}

  /** What is wrong with an engine; empty if it answers. */
  public static String problem(Engine engine) {
    Call call = Call.of(Query.none()).with(Identity.SERVER);
    CompletableFuture<String> problem = new CompletableFuture<>();
    problem.completeOnTimeout(
        "no answer in " + PATIENCE.toSeconds() + " s", PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    Thread.ofVirtual().name("probe").start(() -> problem.complete(ping(engine, call)));
    String answer = problem.join();
    call.cancellation().cancel();
    return answer;
  }

  private static String ping(Engine engine, Call call) {
    try {
      engine.system().ping(call).bytes();
      return "";
    } catch (EngineException e) {
      return e.text();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
