package io.sockerless.backend.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.stream.Frame.Channel;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a container's output. */
class LogTest {

  private static final LogOptions UNBOUNDED = new LogOptions(true, 0, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.000000006Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private void write(LogOptions options, String... pieces) throws IOException {
    try (LogFile file = LogFile.open(folder, options)) {
      LogWriter writer = new LogWriter(file, Channel.STDOUT, CLOCK);
      for (String piece : pieces) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        writer.write(bytes, 0, bytes.length);
      }
      writer.finish();
    }
  }

  private String read(String query) throws IOException {
    LogQuery asked = LogQuery.of(new Query("stdout=1&" + query), "a=b");
    try (LogStream stream = LogStream.of(folder, asked, false)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void linesAreWholeHoweverTheyCome() throws IOException {
    write(UNBOUNDED, "on", "e\ntw", "o\nthree");
    assertThat(read("")).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void theLastLinesAreFoundFromTheEnd() throws IOException {
    for (int i = 0; i < 2000; i++) {
      write(UNBOUNDED, "line " + i + "\n");
    }
    assertThat(read("tail=2")).isEqualTo("line 1998\nline 1999\n");
    assertThat(read("tail=0")).isEmpty();
    assertThat(read("tail=5000").lines()).hasSize(2000);
  }

  @Test
  void aLineLongerThanARecordIsOneLine() throws IOException {
    String line = "x".repeat(LogRecord.MAX_LINE * 3 + 5) + "\n";
    write(UNBOUNDED, "before\n", line);
    assertThat(read("tail=1")).isEqualTo(line);
    assertThat(read("timestamps=1&tail=1")).isEqualTo("2026-01-02T03:04:05.000000006Z " + line);
  }

  @Test
  void detailsStandBeforeEachLine() throws IOException {
    write(UNBOUNDED, "one\n");
    assertThat(read("details=1&timestamps=1"))
        .isEqualTo("2026-01-02T03:04:05.000000006Z a=b one\n");
  }

  @Test
  void sinceAndUntilBoundTheTime() throws IOException {
    write(UNBOUNDED, "one\n");
    long second = CLOCK.instant().getEpochSecond();
    assertThat(read("since=" + second)).isEqualTo("one\n");
    assertThat(read("since=" + second + ".000000007")).isEmpty();
    assertThat(read("until=" + second + ".000000006")).isEqualTo("one\n");
    assertThat(read("until=" + second)).isEmpty();
  }

  @Test
  void onlyAsManyFilesAreKept() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(new LogOptions(true, 100, 2), "0123456789 " + i + "\n");
    }
    assertThat(LogFile.segments(folder)).hasSizeLessThanOrEqualTo(2);
    assertThat(read("")).endsWith("0123456789 19\n").doesNotContain("0123456789 1\n");
  }

  @Test
  void whatAKilledServerLeftHalfWrittenIsCutOff() throws IOException {
    write(UNBOUNDED, "whole\n", "torn\n");
    Path file = LogFile.path(folder, 0);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 3);
    }
    assertThat(read("")).isEqualTo("whole\n");
    write(UNBOUNDED, "next\n");
    assertThat(read("")).isEqualTo("whole\nnext\n");
  }

  @Test
  void sizesAreReadInDockersUnits() {
    LogOptions options =
        LogOptions.of(
            Json.createObjectBuilder()
                .add("Type", "json-file")
                .add(
                    "Config",
                    Json.createObjectBuilder().add("max-size", "10m").add("max-file", "3"))
                .build());
    assertThat(options).isEqualTo(new LogOptions(true, 10_000_000, 3));
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    assertThatThrownBy(() ->
            LogOptions.of(
                Json.createObjectBuilder()
                    .add("Type", "local")
                    .add("Config", Json.createObjectBuilder().add("max-size", "10x"))
                    .build()))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid size: '10x'");
  }
}
