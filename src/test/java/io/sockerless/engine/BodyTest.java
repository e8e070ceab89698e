package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.wire.Headers;
import jakarta.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

  /** As many bytes as anybody wants. */
  private static final class Endless extends InputStream {
    private long read;

    @Override
    public int read() {
      read++;
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      read += length;
      return length;
    }
  }

  @Test
  void aDocumentOfTheLargestSizeIsReadAndOneByteMoreIsNot() {
    byte[] largest = new byte[Body.MAX_DOCUMENT];
    assertThat(Body.of(largest).bytes()).hasSize(Body.MAX_DOCUMENT);
    assertThatExceptionOfType(EngineException.Failure.class)
        .isThrownBy(() -> Body.of(new byte[Body.MAX_DOCUMENT + 1]).bytes())
        .satisfies(e -> assertThat(e.status()).isEqualTo(413));
  }

  @Test
  void aBodyWithoutEndIsGivenUpAtTheLimit() {
    Endless endless = new Endless();
    assertThatExceptionOfType(EngineException.Failure.class)
        .isThrownBy(() -> new Body(endless, -1).bytes());
    assertThat(endless.read).isLessThanOrEqualTo(Body.MAX_DOCUMENT + 1L);
  }

  @Test
  void anObjectIsReadAndNothingIsAnEmptyOne() {
    assertThat(Body.of("{\"a\":[1]}".getBytes(StandardCharsets.UTF_8)).document())
        .isEqualTo(Json.createObjectBuilder().add("a", Json.createArrayBuilder().add(1)).build());
    assertThat(Body.none().document()).isEmpty();
    assertThat(Body.of(" null\n".getBytes(StandardCharsets.UTF_8)).document()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "{", "{\"a\":}", "nonsense", "\u0000"})
  void whatIsNoObjectIsTheClientsFault(String text) {
    assertThatExceptionOfType(EngineException.InvalidParameter.class)
        .isThrownBy(() -> Body.of(text.getBytes(StandardCharsets.UTF_8)).document())
        .withMessageStartingWith("invalid JSON");
  }

  @Test
  void whatIsNestedTooDeeplyIsTheClientsFault() {
    byte[] deep = "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(EngineException.InvalidParameter.class)
        .isThrownBy(() -> Body.of(deep).document())
        .withMessageStartingWith("invalid JSON: exceeded max depth");
  }

  @Test
  void anAnswerIsReleasedOnceItsBodyIsRead() {
    AtomicInteger released = new AtomicInteger();
    Answer answer =
        new Answer(
            200, "", Headers.empty(), InputStream.nullInputStream(), 0, released::incrementAndGet);
    assertThat(answer.bytes()).isEmpty();
    assertThat(released).hasValue(1);
  }

  @Test
  void aDocumentEndsInANewlineAsDockerdsDo() {
    Answer answer = Answer.json(201, Json.createObjectBuilder().add("Id", "a").build());
    assertThat(answer.headers().first("Content-Type")).contains("application/json");
    assertThat(answer.length()).isEqualTo(11);
    assertThat(answer.bytes()).asString().isEqualTo("{\"Id\":\"a\"}\n");
  }
}
