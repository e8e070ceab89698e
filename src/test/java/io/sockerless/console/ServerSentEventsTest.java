package io.sockerless.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Answer;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

  private static final String GREETING = "retry: 1000\n\n";

  private static Answer answer(InputStream body) {
    return new Answer(200, "OK", Headers.empty(), body, -1, () -> {});
  }

  private static String events(String documents) {
    Answer answer = answer(new ByteArrayInputStream(documents.getBytes(StandardCharsets.UTF_8)));
    return new String(ServerSentEvents.of(answer).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void eachLineIsAnEventNamedByItsTime() {
    assertThat(events("{\"a\":1,\"timeNano\":1732000000000000001}\n{\"b\":\"ü\"}\n"))
        .isEqualTo(
            GREETING
                + "id: 1732000000000000001\ndata: {\"a\":1,\"timeNano\":1732000000000000001}\n\n"
                + "data: {\"b\":\"ü\"}\n\n");
  }

  @Test
  void aBrokenLastLineIsNoEvent() {
    assertThat(events("{\"a\":1}\n{\"b\"")).isEqualTo(GREETING + "data: {\"a\":1}\n\n");
  }

  @Property
  void piecesOfAnySizeMakeTheSameEvents(@ForAll @IntRange(min = 1, max = 40) int size)
      throws IOException {
    String documents = "{\"timeNano\":1732000000000000001}\n{\"b\":\"üü\"}\n\n{\"c\":3}\n";
    InputStream slow =
        new ByteArrayInputStream(documents.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, size));
          }
        };

    try (InputStream body = ServerSentEvents.of(answer(slow)).body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(events(documents));
    }
  }

  @Test
  void theGreetingComesBeforeTheFirstEventDoes() throws IOException {
    try (InputStream body = ServerSentEvents.of(answer(new Waiting())).body()) {
      assertThat(body.readNBytes(GREETING.length())).asString().isEqualTo(GREETING);
      assertThat(body.available()).isZero();
    }
  }

  private static final class Waiting extends InputStream {
    @Override
    public int read() {
      throw new AssertionError("asked for an event before the greeting was out");
    }
  }

  @Test
  void aBrowsersLastEventIsATimeInDockersForm() {
    assertThat(ServerSentEvents.since("1732000000000000001")).contains("1732000000.000000001");
    assertThat(List.of("", "abc", "12", "1732000000000000001x"))
        .allSatisfy(it -> assertThat(ServerSentEvents.since(it)).isEmpty());
  }
}
