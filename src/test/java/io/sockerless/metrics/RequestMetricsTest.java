package io.sockerless.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.Query;
import io.sockerless.support.PrintedStream;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

  private static final Call CALL = Call.of(Query.none());

  private final RequestMetrics metrics = new RequestMetrics();

  private static Invocation invocation(String operation) {
    return new Invocation(operation, List.of(), CALL);
  }

  private List<String> lines() {
    Exposition to = new Exposition();
    metrics.write(to);
    return to.text().lines().toList();
  }

  @Test
  void requestsAreCountedByOperationAndStatus() {
    metrics.answer(invocation("containers.list"), _ -> Answer.empty(200)).close();
    metrics.answer(invocation("containers.list"), _ -> Answer.empty(200)).close();
    metrics.answer(invocation("containers.start"), _ -> Answer.empty(304)).close();

    assertThat(lines())
        .contains(
            "sockerless_requests_total{operation=\"containers.list\",status=\"200\"} 2",
            "sockerless_requests_total{operation=\"containers.start\",status=\"304\"} 1",
            "sockerless_request_duration_seconds_count{operation=\"containers.list\"} 2");
  }

  @Test
  void whatFailsIsCountedByTheStatusThatItIsAnsweredWith() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() ->
            metrics.answer(
                invocation("images.inspect"),
                _ -> {
                  throw new EngineException.NotFound("No such image: x");
                }));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            metrics.answer(
                invocation("images.inspect"),
                _ -> {
                  throw new IllegalStateException("a fault of ours");
                }));

    assertThat(lines())
        .contains(
            "sockerless_requests_total{operation=\"images.inspect\",status=\"404\"} 1",
            "sockerless_requests_total{operation=\"images.inspect\",status=\"500\"} 1");
    assertThat(metrics.totals().operations()).isEqualTo(2);
    assertThat(metrics.totals().failures()).isEqualTo(1);
  }

  @Test
  void whatTheServerAsksItselfIsNobodysRequest() {
    Invocation own = new Invocation("system.ping", List.of(), CALL.with(Identity.SERVER));

    metrics.answer(own, _ -> Answer.empty(200)).close();

    assertThat(lines()).noneMatch(line -> line.contains("system.ping"));
  }

  @Test
  void anAnswerThatStreamsIsOpenUntilItIsReleasedHoweverOften() {
    Answer answer =
        metrics.answer(
            invocation("containers.logs"),
            _ ->
                new Answer(
                    200, "", Headers.empty(), new ByteArrayInputStream(new byte[7]), -1, () -> {}));
    assertThat(lines()).contains("sockerless_answers_open 1");

    assertThat(answer.bytes()).hasSize(7);
    answer.close();

    assertThat(lines()).contains("sockerless_answers_open 0", "sockerless_answer_bytes_total 7");
  }

  @Test
  void aStreamIsOpenUntilItIsClosedAndItsBytesAreCountedEachWay() throws IOException {
    HijackedStream stream =
        metrics.hijack(invocation("containers.attach"), _ -> new PrintedStream("12345"));
    assertThat(lines())
        .contains(
            "sockerless_streams_open 1",
            "sockerless_requests_total{operation=\"containers.attach\",status=\"101\"} 1");

    stream.input().write("abc".getBytes(UTF_8));
    stream.output().readAllBytes();
    stream.close();
    stream.close();

    assertThat(lines())
        .contains(
            "sockerless_streams_open 0",
            "sockerless_stream_bytes_total{direction=\"in\"} 3",
            "sockerless_stream_bytes_total{direction=\"out\"} 5");
  }
}
