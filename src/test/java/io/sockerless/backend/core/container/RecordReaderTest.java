package io.sockerless.backend.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  private final RecordReader reader = new RecordReader();

  /** Texts of any kind, in every place where a document may have some. */
  private static ContainerRecord container(
      String name, List<String> texts, Instant time, int number) {
    JsonObjectBuilder labels = Json.createObjectBuilder();
    texts.forEach(text -> labels.add(text, text));
    JsonObject inner = labels.build();
    return new ContainerRecord(
        "c0ffee",
        name,
        time,
        "sha256:" + name,
        "linux",
        Json.createObjectBuilder().add("Labels", inner).add("Mounts", 1).build(),
        Json.createObjectBuilder().add("Binds", inner).add("\"}{", "][").build(),
        Json.createArrayBuilder(texts).add(inner).add(JsonValue.NULL).build(),
        Json.createObjectBuilder().add(name, inner).build(),
        inner,
        new ContainerState(
            Status.EXITED,
            0,
            number,
            name,
            true,
            ContainerState.NEVER,
            time,
            texts.isEmpty() ? Optional.empty() : Optional.of(inner)),
        3,
        true);
  }

  private ContainerRecord read(JsonObject document) {
    return reader.read(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 200)
  void readsWhatWasWritten(
      @ForAll String name,
      @ForAll @Size(max = 5) List<String> texts,
      @ForAll long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll int number) {
    Instant time = Instant.ofEpochSecond(second % 300_000_000_000L, nano);
    ContainerRecord written = container(name, texts, time, number);

    assertThat(read(written.document())).isEqualTo(written);
    assertThat(read(written.document()).document()).isEqualTo(written.document());
  }

  @Test
  void whatIsAlikeIsThereOnce() {
    ContainerRecord one = read(container("one", List.of("a"), Instant.EPOCH, 0).document());
    ContainerRecord two = read(container("two", List.of("a"), Instant.EPOCH, 1).document());

    assertThat(two.hostConfig()).isSameAs(one.hostConfig());
    assertThat(two.networks()).isNotEqualTo(one.networks());
  }

  @Test
  void aConfigurationIsNotReadBeforeSomebodyLooksIntoIt() {
    String text =
        container("one", List.of(), Instant.EPOCH, 0)
            .document()
            .toString()
            .replace("\"Mounts\":1}", "\"Mounts\":unreadable}");

    ContainerRecord read = reader.read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(read.name()).isEqualTo("one");
    assertThatThrownBy(() -> read.config().size()).isInstanceOf(JsonException.class);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    ContainerRecord read =
        reader.read(
            "{\"Id\":\"a\",\"Created\":\"2026-01-02T03:04:05Z\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(read.created()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(read.name()).isEmpty();
    assertThat(read.config()).isEmpty();
    assertThat(read.mounts()).isEmpty();
    assertThat(read.restarts()).isZero();
  }
}
