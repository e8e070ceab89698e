package io.sockerless.backend.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RecordReaderTest {

  private final SharedDocuments pool = new SharedDocuments();
  private final RecordReader reader = new RecordReader(pool);

  /** Texts of any kind, in every place where a document may have some. */
  private static JsonObject document(String name, List<String> texts) {
    JsonObjectBuilder labels = Json.createObjectBuilder();
    texts.forEach(text -> labels.add(text, text));
    JsonObject inner = labels.build();
    return Json.createObjectBuilder()
        .add("Id", "c0ffee")
        .add("Name", name)
        .add("Created", "2026-01-02T03:04:05Z")
        .add("Config", Json.createObjectBuilder().add("Labels", inner).add("Mounts", 1))
        .add("HostConfig", Json.createObjectBuilder().add("Binds", inner).add("\"}{", "]["))
        .add("Mounts", Json.createArrayBuilder(texts).add(inner).add(JsonValue.NULL))
        .add("Networks", Json.createObjectBuilder().add(name, inner))
        .add("Ports", inner)
        .add(
            "State",
            Json.createObjectBuilder()
                .add("Status", "exited")
                .add("Error", name)
                .add("StartedAt", "0001-01-01T00:00:00Z")
                .add("FinishedAt", "2026-01-02T03:04:06.5Z"))
        .add("RestartCount", 3)
        .add("HasBeenManuallyStopped", true)
        .build();
  }

  private ContainerRecord read(JsonObject document) {
    return reader.read(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 200)
  void readsWhatTheWholeDocumentSays(
      @ForAll String name, @ForAll @Size(max = 5) List<String> texts) {
    byte[] stored = document(name, texts).toString().getBytes(StandardCharsets.UTF_8);

    ContainerRecord expected = ContainerRecord.of(JsonBuilders.parse(stored));

    assertThat(reader.read(stored)).isEqualTo(expected);
    assertThat(reader.read(stored)).isEqualTo(expected);
  }

  @Property(tries = 1)
  void whatIsAlikeIsThereOnce() {
    ContainerRecord one = read(document("one", List.of("a")));
    ContainerRecord two = read(document("two", List.of("a")));

    assertThat(two.hostConfig()).isSameAs(one.hostConfig());
    assertThat(two.networks()).isNotEqualTo(one.networks());
    assertThat(pool.share(document("three", List.of("a")).getJsonObject("HostConfig")))
        .isSameAs(one.hostConfig());
  }
}
