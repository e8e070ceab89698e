package io.sockerless.metrics;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Counted;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Counts what clients ask of the port: operations, how they end, how long that takes, and bytes.
 */
public final class RequestMetrics implements Interceptor {

  private static final String REQUESTS = "sockerless_requests_total";
  private static final String DURATION = "sockerless_request_duration_seconds";
  private static final String STREAM_BYTES = "sockerless_stream_bytes_total";
  private static final int SERVER_ERROR = 500;

  private final Map<String, Operation> operations = new ConcurrentSkipListMap<>();
  private final LongAdder answers = new LongAdder();
  private final LongAdder answerBytes = new LongAdder();
  private final LongAdder streams = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  /** One operation of the port. */
  private static final class Operation {
    final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    final Histogram durations = new Histogram();

    void record(int status, long nanos) {
      byStatus.computeIfAbsent(status, _ -> new LongAdder()).increment();
      durations.record(nanos);
    }
  }

  @Override
  public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
    if (invocation.call().identity().isServer()) {
      return operation.apply(invocation);
    }
    Answer answer = timed(invocation, operation, Answer::status);
    if (answer.length() >= 0) {
      answerBytes.add(answer.length());
      return answer;
    }
    answers.increment();
    return Counted.answer(answer, answerBytes, answers::decrement);
  }

  @Override
  public HijackedStream hijack(
      Invocation invocation, Function<Invocation, HijackedStream> operation) {
    HijackedStream stream = timed(invocation, operation, HijackedStream::status);
    streams.increment();
    return Counted.stream(stream, bytesIn, bytesOut, streams::decrement);
  }

  private <T> T timed(
      Invocation invocation, Function<Invocation, T> run, Function<T, Integer> status) {
    Operation operation = operations.computeIfAbsent(invocation.operation(), _ -> new Operation());
    long start = System.nanoTime();
    int ended = SERVER_ERROR;
    try {
      T result = run.apply(invocation);
      ended = status.apply(result);
      return result;
    } catch (EngineException e) {
      ended = e.status();
      throw e;
    } finally {
      operation.record(ended, System.nanoTime() - start);
    }
  }

  /** The figures that are not by operation, and the sums of those that are. */
  public RequestTotals totals() {
    long all = 0;
    long failures = 0;
    for (Operation operation : operations.values()) {
      for (Map.Entry<Integer, LongAdder> ended : operation.byStatus.entrySet()) {
        all += ended.getValue().sum();
        failures += ended.getKey() >= SERVER_ERROR ? ended.getValue().sum() : 0;
      }
    }
    return new RequestTotals(
        all,
        failures,
        answers.sum(),
        answerBytes.sum(),
        streams.sum(),
        bytesIn.sum(),
        bytesOut.sum());
  }

  /** Writes all of it. */
  void write(Exposition to) {
    RequestTotals totals = totals();
    to.family(REQUESTS, FamilyType.COUNTER, "Operations that clients asked for, by their status.");
    operations.forEach((name, operation) ->
        new ConcurrentSkipListMap<>(operation.byStatus)
            .forEach((status, count) ->
                to.sample(
                    REQUESTS, count.sum(), "operation", name, "status", Integer.toString(status))));
    to.family(DURATION, FamilyType.HISTOGRAM, "Time until an operation's answer begins.");
    operations.forEach(
        (name, operation) -> operation.durations.write(to, DURATION, "operation", name));
    to.single(
        "sockerless_answers_open",
        FamilyType.GAUGE,
        "Answers that stream at this moment, such as logs that are followed.",
        totals.answersOpen());
    to.single(
        "sockerless_answer_bytes_total",
        FamilyType.COUNTER,
        "Bytes of answers' bodies.",
        totals.answerBytes());
    to.single(
        "sockerless_streams_open",
        FamilyType.GAUGE,
        "Connections that an attach, an exec or the like has taken over.",
        totals.streamsOpen());
    to.family(STREAM_BYTES, FamilyType.COUNTER, "Bytes of such streams, from clients and to them.")
        .sample(STREAM_BYTES, totals.streamBytesIn(), "direction", "in")
        .sample(STREAM_BYTES, totals.streamBytesOut(), "direction", "out");
  }
}
