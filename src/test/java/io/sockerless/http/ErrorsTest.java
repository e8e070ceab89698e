package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 418, 500, 501, 503, 507})
  void anErrorsStatusAndMessageAreDockersDocument(int status) {
    Answer answer =
        Errors.answer(
            EngineException.of(
                status,
                "with \"quotes\"",
                Headers.of("Api-Version", "1.51", "content-type", "text/plain")));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().all("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers().all("Api-Version")).containsExactly("1.51");
    assertThat(answer.bytes()).asString().isEqualTo("{\"message\":\"with \\\"quotes\\\"\"}\n");
  }

  @Test
  void anErrorInPlaceOfAStreamIsTextUnderTheStreamsType() {
    Answer answer =
        Errors.answer(
            EngineException.of(
                404,
                "No such container: gone",
                Headers.of("Content-Type", "application/vnd.docker.raw-stream")));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().all("Content-Type"))
        .containsExactly("application/vnd.docker.raw-stream");
    assertThat(answer.bytes()).asString().isEqualTo("No such container: gone\r\n");
  }

  @Test
  void whatNobodyForesawIs500() {
    Answer answer = Errors.answer(new IllegalStateException("oops"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.bytes()).asString().contains("oops");
  }
}
