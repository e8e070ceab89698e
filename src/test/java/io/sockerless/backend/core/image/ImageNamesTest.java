package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, and what happens when they go. */
class ImageNamesTest {

  @TempDir Path folder;
  private ImageFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ImageFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String idOf(String name) {
    return fixture
        .images
        .inspect(name, ImageFixture.call())
        .document()
        .asJsonObject()
        .getString("Id");
  }

  private JsonObject inspect(String name) {
    return fixture.images.inspect(name, ImageFixture.call()).document().asJsonObject();
  }

  @Test
  void noNameIsNoImage() {
    assertThatThrownBy(() -> remove(" "))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("image name cannot be blank");
  }

  private List<String> remove(String name, String... parameters) {
    JsonArray steps =
        fixture.images.remove(name, ImageFixture.call(parameters)).document().asJsonArray();
    return steps.getValuesAs(JsonObject.class).stream()
        .map(step -> step.toString().replaceAll("[{}\"]", ""))
        .toList();
  }

  @Test
  void anImageIsFoundByEachFormOfItsName() throws IOException {
    Image image = fixture.imported("alpine");
    String hex = image.id().substring("sha256:".length());
    for (String name :
        List.of(
            "alpine",
            "alpine:latest",
            "docker.io/alpine",
            "docker.io/library/alpine",
            "index.docker.io/library/alpine:latest",
            image.id(),
            hex,
            hex.substring(0, 12),
            "sha256:" + hex.substring(0, 12),
            "alpine@" + image.id())) {
      assertThat(idOf(name)).as(name).isEqualTo(image.id());
    }
  }

  @Test
  void theNameOfADigestsAlgorithmIsNoName() throws IOException {
    fixture.imported("alpine");
    assertThatThrownBy(
            () -> fixture.images.tag("alpine", ImageFixture.call("repo", "sha256", "tag", "x")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("refusing to create an ambiguous tag using digest algorithm as name");
  }

  @Test
  void anUnknownNameIsNotFoundInDockersWords() {
    assertThatThrownBy(() -> idOf("nosuch"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: nosuch:latest");
    assertThatThrownBy(() -> idOf("sha256:1234"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: sha256:1234");
  }

  @Test
  void aBeginningOfSeveralIdsIsAnErrorThatSaysSo() throws IOException {
    for (int i = 0; i < 17; i++) {
      fixture.imported("image" + i);
    }
    JsonArray all = fixture.images.list(ImageFixture.call()).document().asJsonArray();
    String shared =
        all.getValuesAs(JsonObject.class).stream()
            .map(image -> image.getString("Id").substring(7, 8))
            .filter(digit ->
                all.getValuesAs(JsonObject.class).stream()
                        .filter(other -> other.getString("Id").startsWith("sha256:" + digit))
                        .count()
                    > 1)
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> idOf("sha256:" + shared))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageContaining("ambiguous");
  }

  @Test
  void aNameLeavesTheImageThatHadIt() throws IOException {
    Image first = fixture.imported("one");
    Image second = fixture.imported("two");
    fixture.images.tag("two", ImageFixture.call("repo", "one", "tag", "latest"));
    assertThat(idOf("one")).isEqualTo(second.id());
    assertThat(inspect(first.id()).getJsonArray("RepoTags")).isEmpty();
    assertThat(inspect(second.id()).getJsonArray("RepoTags"))
        .hasToString("[\"one:latest\",\"two:latest\"]");
  }

  @Test
  void aBadTagIsRefused() throws IOException {
    fixture.imported("one");
    assertThatThrownBy(
            () -> fixture.images.tag("one", ImageFixture.call("repo", "a", "tag", "b/c")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid tag format");
  }

  @Test
  void oneOfSeveralNamesIsTakenAwayAndTheLastTakesTheImageWithIt() throws IOException {
    Image image = fixture.imported("one");
    Path layer = fixture.service.source().layers(image).getFirst();
    fixture.images.tag("one", ImageFixture.call("repo", "two"));
    assertThat(remove("one")).containsExactly("Untagged:one:latest");
    assertThat(layer).exists();
    assertThat(remove("two")).hasSize(3).startsWith("Untagged:two:latest", "Deleted:" + image.id());
    assertThat(layer).doesNotExist();
    assertThat(fixture.events)
        .endsWith(
            "image untag %1$s %1$s".formatted(image.id()),
            "image delete %1$s %1$s".formatted(image.id()));
  }

  @Test
  void anImageOfSeveralRepositoriesIsNotRemovedByItsIdUnlessForced() throws IOException {
    Image image = fixture.imported("one");
    fixture.images.tag("one", ImageFixture.call("repo", "two"));
    assertThatThrownBy(() -> remove(image.id()))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageMatching(
            "conflict: unable to delete [0-9a-f]{12} \\(must be forced\\) - image is referenced in multiple repositories");
    assertThat(remove(image.id(), "force", "1")).contains("Deleted:" + image.id());
  }

  @Test
  void anImageOfAStoppedContainerIsKeptUnlessForcedAndItsLayersEvenThen() throws IOException {
    Image image = fixture.imported("one");
    fixture.service.source().hold(image, "c0ffee".repeat(10));
    fixture.container("c0ffee".repeat(10), image.id(), "exited");
    assertThatThrownBy(() -> remove("one"))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage(
            "conflict: unable to remove repository reference \"one\" (must force) - container c0ffeec0ffee is using its referenced image %s"
                .formatted(image.id().substring(7, 19)));
    assertThatThrownBy(() -> remove(image.id()))
        .hasMessageContaining("image is being used by stopped container c0ffeec0ffee");
    assertThat(remove("one", "force", "1")).contains("Deleted:" + image.id());
    assertThat(fixture.service.source().layers(image)).allSatisfy(l -> assertThat(l).exists());
    assertThat(fixture.service.source().find(image.id(), "")).contains(image);
    fixture.containers.clear();
    fixture.service.start(Runnable::run);
    assertThat(fixture.service.source().layers(image))
        .allSatisfy(layer -> assertThat(layer).doesNotExist());
  }

  @Test
  void anImageIsHeldForAContainerThatIsNotListedYetAndAcrossARestart() throws IOException {
    Image image = fixture.imported("one");
    fixture.service.source().hold(image, "c0ffee".repeat(10));
    remove("one", "force", "1");
    assertThat(fixture.service.source().layers(image)).allSatisfy(l -> assertThat(l).exists());
    fixture.close();
    fixture = new ImageFixture(folder);
    fixture.container("c0ffee".repeat(10), image.id(), "exited");
    fixture.service.start(Runnable::run);
    assertThat(fixture.service.source().find(image.id(), "")).contains(image);
    assertThat(fixture.service.source().layers(image)).allSatisfy(l -> assertThat(l).exists());
    assertThatThrownBy(() -> idOf(image.id())).isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  void aPlatformThatTheImageIsNotForIsNotFound() throws IOException {
    fixture.imported("one");
    assertThatThrownBy(() ->
            fixture.images.inspect(
                "one",
                ImageFixture.call("platform", "{\"os\":\"linux\",\"architecture\":\"s390x\"}")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage(
            "image with reference one was found but does not provide the specified platform (linux/s390x)");
  }

  @Test
  void anImageOfARunningContainerIsNeverRemoved() throws IOException {
    Image image = fixture.imported("one");
    fixture.container("c0ffee".repeat(10), image.id(), "running");
    assertThatThrownBy(() -> remove(image.id(), "force", "1"))
        .hasMessageMatching(
            "conflict: unable to delete [0-9a-f]{12} \\(cannot be forced\\) - image is being used by running container c0ffeec0ffee");
  }

  @Test
  void namesAndImagesAreThereAfterARestart() throws IOException {
    Image image = fixture.imported("one");
    fixture.close();
    fixture = new ImageFixture(folder);
    fixture.service.start(Runnable::run);
    assertThat(idOf("one")).isEqualTo(image.id());
    assertThat(fixture.service.source().layers(image)).allSatisfy(l -> assertThat(l).exists());
  }

  /** What a server leaves that is killed in between is what was there before. */
  @Test
  void stepsThatBelongTogetherAreStoredAtTheirEnd() throws IOException {
    Image image = fixture.imported("one");
    ImageStore images = new ImageStore(fixture.store, Clock.systemUTC());
    images.exclusively(() -> {
      images.unname(ImageReference.parse("one").withDefaultTag());
      images.name(
          ImageReference.parse("two").withDefaultTag(), Digest.parse(image.id()).get(), true);
      assertThat(images.find("two")).isPresent();
      assertThat(fixture.store.table("image-names").ids())
          .containsExactly("docker.io/library/one:latest");
      return image;
    });
    assertThat(fixture.store.table("image-names").ids())
        .containsExactly("docker.io/library/two:latest");
  }

  @Test
  void contentThatNothingNeedsIsGoneAfterARestart() throws IOException {
    fixture.imported("one");
    Path stray = folder.resolve("content/layers/sha256-" + "0".repeat(64));
    Files.writeString(stray, "stray");
    fixture.service.start(Runnable::run);
    assertThat(stray).doesNotExist();
    assertThat(fixture.service.source().layers(fixture.imported("one")))
        .allSatisfy(layer -> assertThat(layer).exists());
  }

  @Test
  void pruneTakesWhatHasNoTagAndOnRequestAllThatIsUnused() throws IOException {
    Image used = fixture.imported("used");
    Image dangling = fixture.imported("first");
    fixture.imported("second");
    fixture.images.tag("second", ImageFixture.call("repo", "first"));
    fixture.container("c0ffee".repeat(10), used.id(), "exited");
    Answer first = fixture.images.prune(ImageFixture.call());
    assertThat(first.document().toString())
        .contains("Deleted\":\"" + dangling.id())
        .doesNotContain("Untagged");
    Answer second =
        fixture.images.prune(ImageFixture.call("filters", "{\"dangling\":[\"false\"]}"));
    assertThat(second.document().asJsonObject().getInt("SpaceReclaimed")).isPositive();
    JsonArray left = fixture.images.list(ImageFixture.call()).document().asJsonArray();
    assertThat(left).hasSize(1);
    assertThat(left.toString()).contains("used:latest");
  }

  @Test
  void pruneWithNothingToDoSaysSoAsDockerDoes() {
    assertThat(fixture.images.prune(ImageFixture.call()).document())
        .hasToString("{\"ImagesDeleted\":null,\"SpaceReclaimed\":0}");
  }
}
