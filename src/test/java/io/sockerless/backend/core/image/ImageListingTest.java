package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageListingTest {

  @TempDir Path folder;
  private ImageFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new ImageFixture(folder);
    make("old/one:1", "2020-01-01T00:00:00Z", "kind", "base");
    make("old/two:2", "2021-01-01T00:00:00Z", "kind", "app");
    make("host:5000/new:3", "2022-01-01T00:00:00Z", "other", "x");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Image make(String name, String created, String label, String value) throws IOException {
    JsonObject document =
        Json.createObjectBuilder()
            .add("os", "linux")
            .add("architecture", "amd64")
            .add("created", created)
            .add(
                "config",
                Json.createObjectBuilder()
                    .add("Labels", Json.createObjectBuilder().add(label, value)))
            .build();
    JsonObject history = Json.createObjectBuilder().add("created_by", "make " + name).build();
    Image image =
        fixture
            .service
            .source()
            .commit(
                Optional.empty(),
                document,
                history,
                Optional.of(new ByteArrayInputStream(Tars.of("shared", "content"))));
    fixture.service.source().tag(image, name);
    return image;
  }

  private List<String> names(String filters) {
    return fixture
        .images
        .list(ImageFixture.call("filters", filters))
        .document()
        .asJsonArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .map(image -> image.getJsonArray("RepoTags").toString().replaceAll("[\\[\\]\"]", ""))
        .toList();
  }

  @Test
  void theNewestImageComesFirst() {
    assertThat(names("{}")).containsExactly("host:5000/new:3", "old/two:2", "old/one:1");
  }

  @Test
  void beforeAndSinceCompareWithAnotherImage() {
    assertThat(names("{\"before\":[\"old/two:2\"]}")).containsExactly("old/one:1");
    assertThat(names("{\"since\":[\"old/two:2\"]}")).containsExactly("host:5000/new:3");
    assertThatThrownBy(() -> names("{\"since\":[\"y\"]}"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: y:latest");
  }

  @Test
  void untilComparesWithATime() {
    assertThat(names("{\"until\":[\"2020-06-01T00:00:00Z\"]}")).containsExactly("old/one:1");
  }

  @Test
  void labelsAreComparedByNameAndValue() {
    assertThat(names("{\"label\":[\"kind\"]}")).containsExactly("old/two:2", "old/one:1");
    assertThat(names("{\"label\":[\"kind=app\"]}")).containsExactly("old/two:2");
  }

  @Test
  void referenceIsAPattern() {
    assertThat(names("{\"reference\":[\"old/*\"]}")).containsExactly("old/two:2", "old/one:1");
    assertThat(names("{\"reference\":[\"old/t?o:2\"]}")).containsExactly("old/two:2");
    assertThat(names("{\"reference\":[\"*\"]}")).isEmpty();
    assertThat(names("{\"reference\":[\"*/new:[1-3]\"]}")).containsExactly("host:5000/new:3");
  }

  @Test
  void danglingMeansWithoutATag() throws IOException {
    fixture.service.source().tag(make("x", "2023-01-01T00:00:00Z", "a", "b"), "old/one:1");
    assertThat(names("{\"dangling\":[\"true\"]}")).containsExactly("");
    assertThat(names("{\"dangling\":[\"false\"]}")).hasSize(3).doesNotContain("");
    assertThatThrownBy(() -> names("{\"dangling\":[\"y\"]}"))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @Test
  void anUnknownFilterIsRefused() {
    assertThatThrownBy(() -> names("{\"x\":[\"y\"]}"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid filter 'x'");
  }

  @Test
  void theListTellsAllThatTheApiPromises() {
    JsonObject image =
        fixture.images.list(ImageFixture.call()).document().asJsonArray().getJsonObject(0);
    assertThat(image.keySet())
        .containsExactlyInAnyOrder(
            "Containers",
            "Created",
            "Id",
            "Labels",
            "ParentId",
            "RepoDigests",
            "RepoTags",
            "SharedSize",
            "Size");
    assertThat(image.getInt("SharedSize")).isEqualTo(-1);
  }

  @Test
  void whatImagesShareIsCountedOnRequestAndForTheDiskUsage() {
    JsonObject listed =
        fixture
            .images
            .list(ImageFixture.call("shared-size", "1"))
            .document()
            .asJsonArray()
            .getJsonObject(0);
    assertThat(listed.getInt("SharedSize")).isPositive().isEqualTo(listed.getInt("Size"));
    fixture.container("c", listed.getString("Id"), "exited");
    JsonObject used = fixture.service.usage().getJsonObject(0);
    assertThat(used.getInt("Containers")).isEqualTo(1);
    assertThat(fixture.service.layersSize()).isEqualTo(listed.getInt("Size"));
  }

  @Test
  void aLayersSizeIsThatOfItsFilesAndLinksAndNotOfItsArchive() throws IOException {
    byte[] tar =
        new Tars()
            .file("a", "12345")
            .hardLink("b", "a")
            .symbolicLink("c", "/a")
            .file(".wh.gone", "")
            .bytes();
    Image image = fixture.imported(tar, "sized:1");
    assertThat(fixture.service.source().size(image)).isEqualTo(7);
    JsonObject inspected =
        fixture.images.inspect("sized:1", ImageFixture.call()).document().asJsonObject();
    assertThat(inspected.getInt("Size")).isEqualTo(7);
    ContentStore reopened = new ContentStore(folder.resolve("content"));
    assertThat(reopened.layerSize(ImageRecord.diffIds(image.document()).getFirst())).isEqualTo(7);
  }

  @Test
  void theHistoryNamesTheImagesThatAreHere() throws IOException {
    Image parent = fixture.service.source().find("old/one:1", "").orElseThrow();
    Image child =
        fixture
            .service
            .source()
            .commit(
                Optional.of(parent),
                parent.document(),
                Json.createObjectBuilder()
                    .add("created_by", "CMD sh")
                    .add("empty_layer", true)
                    .build(),
                Optional.empty());
    List<JsonObject> history =
        fixture
            .images
            .history(child.id(), ImageFixture.call())
            .document()
            .asJsonArray()
            .getValuesAs(JsonObject.class);
    assertThat(history).hasSize(2);
    assertThat(history.getFirst().getString("Id")).isEqualTo(child.id());
    assertThat(history.getFirst().get("Tags")).isEqualTo(JsonValue.NULL);
    assertThat(history.getFirst().getInt("Size")).isZero();
    assertThat(history.getLast().getString("Id")).isEqualTo(parent.id());
    assertThat(history.getLast().getString("CreatedBy")).isEqualTo("make old/one:1");
    assertThat(history.getLast().getInt("Size")).isEqualTo("content".length());
    assertThatThrownBy(() -> fixture.images.remove(parent.id(), ImageFixture.call("force", "1")))
        .hasMessageContaining("image has dependent child images");
  }
}
