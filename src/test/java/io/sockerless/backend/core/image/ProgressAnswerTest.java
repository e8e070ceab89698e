package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressAnswerTest {

  @Test
  void whatFailsBeforeTheFirstRecordIsAnErrorWithItsStatus() {
    assertThatThrownBy(() ->
            ProgressAnswer.start(
                "test",
                progress -> {
                  throw new EngineException.NotFound("gone");
                }))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("gone");
    assertThatThrownBy(() ->
            ProgressAnswer.start(
                "test",
                progress -> {
                  throw new IOException("broken");
                }))
        .isInstanceOfSatisfying(
            EngineException.Failure.class, e -> assertThat(e.status()).isEqualTo(500))
        .hasMessage("broken");
  }

  @Test
  void whatFailsLaterIsTheLastRecord() {
    Answer answer =
        ProgressAnswer.start(
            "test",
            progress -> {
              progress.status("begun");
              throw new EngineException.NotFound("gone");
            });
    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"status\":\"begun\"}\r\n"
                + "{\"errorDetail\":{\"message\":\"gone\"},\"error\":\"gone\"}\r\n");
  }

  @Test
  void aRecordIsReadAsSoonAsItIsWritten() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    Answer answer =
        ProgressAnswer.start(
            "test",
            progress -> {
              progress.status("one");
              awaiting(read);
              progress.status("two");
            });
    byte[] first = new byte[1000];
    int count = answer.body().read(first);
    assertThat(new String(first, 0, count, StandardCharsets.UTF_8))
        .isEqualTo("{\"status\":\"one\"}\r\n");
    read.countDown();
    assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).contains("two");
  }

  @Test
  void workEndsWhenTheClientLeaves() {
    CountDownLatch ended = new CountDownLatch(1);
    Answer answer =
        ProgressAnswer.start(
            "test",
            progress -> {
              try {
                while (true) {
                  progress.status("more");
                }
              } finally {
                ended.countDown();
              }
            });
    answer.close();
    assertThat(awaiting(ended)).isTrue();
  }

  private static boolean awaiting(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "999,999B",
    "36445,36.45kB",
    "1069553,1.07MB",
    "32768,32.77kB",
    "3408729,3.409MB",
    "1000000000,1GB"
  })
  void sizesAreWrittenAsDockerWritesThem(long bytes, String text) {
    assertThat(Progress.humanSize(bytes)).isEqualTo(text);
  }

  @Test
  void theBarIsDockers() throws IOException {
    StringBuilder seen = new StringBuilder();
    Progress progress = new Progress(record -> seen.append(record.getString("progress")));
    progress.amount("id", "Downloading", 36445, 1069553);
    progress.amount("id", "Downloading", 1069553, 1069553);
    assertThat(seen)
        .hasToString(
            "[=>                                                 ]  36.45kB/1.07MB"
                + "[==================================================>]   1.07MB/1.07MB");
  }
}
