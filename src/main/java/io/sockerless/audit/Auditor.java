package io.sockerless.audit;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Counted;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;

/**
 * Records every request once it has ended, and those that take over their connection when they
 * begin as well. It stands before the rules, so what they refuse is recorded too.
 */
public final class Auditor implements Interceptor, Closeable {

  private static final int FAILED = 500;

  private final AuditLog log;
  private final Clock clock;

  /** Records into a log, which is closed with this. */
  public Auditor(AuditLog log) {
    this(log, Clock.systemUTC());
  }

  Auditor(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
    if (invocation.call().identity().isServer() || !log.reserve(1)) {
      return operation.apply(invocation);
    }
    AuditEntry entry = new AuditEntry(invocation, clock);
    Answer answer = run(entry, invocation, operation, 1);
    return Counted.answer(answer, entry.bytesOut(), () -> log.add(entry.ended(answer.status())));
  }

  @Override
  public HijackedStream hijack(
      Invocation invocation, Function<Invocation, HijackedStream> operation) {
    if (invocation.call().identity().isServer() || !log.reserve(2)) {
      return operation.apply(invocation);
    }
    AuditEntry entry = new AuditEntry(invocation, clock);
    HijackedStream stream = run(entry, invocation, operation, 2);
    log.add(entry.begun(stream.status()));
    return Counted.stream(
        stream, entry.bytesIn(), entry.bytesOut(), () -> log.add(entry.ended(stream.status())));
  }

  /** Runs an operation; one that throws has ended, and gives back the room of its other lines. */
  private <T> T run(
      AuditEntry entry, Invocation invocation, Function<Invocation, T> operation, int reserved) {
    Call call = invocation.call();
    Body counted =
        new Body(Counted.input(call.body().stream(), entry.bytesIn()), call.body().length());
    try {
      return entry.around(() -> operation.apply(invocation.with(call.with(counted))));
    } catch (RuntimeException | Error e) {
      int status = e instanceof EngineException error ? error.status() : FAILED;
      log.add(entry.ended(status));
      log.giveBack(reserved - 1);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
