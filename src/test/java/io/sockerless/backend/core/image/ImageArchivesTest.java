package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Save, load and import; archives that mean harm, too. */
class ImageArchivesTest {

  private static final byte[] LAYER = layer();
  private static final String DIFF_ID = digest(LAYER);
  private static final String CONFIG =
      "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
          + DIFF_ID
          + "\"]}}";
  private static final String MANIFEST =
      "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[\"l/layer.tar\"]}]";

  @TempDir Path folder;
  private ImageFixture fixture;

  private static byte[] layer() {
    try {
      return Tars.of("file", "content");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(byte[] bytes) {
    MessageDigest hash = Digest.sha256();
    hash.update(bytes);
    return Digest.sha256(hash).toString();
  }

  @BeforeEach
  void open() {
    fixture = new ImageFixture(folder.resolve("one"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Call load(byte[] archive) {
    return ImageFixture.call("quiet", "1").with(Body.of(archive));
  }

  private List<JsonObject> loaded(byte[] archive) {
    return ImageFixture.records(fixture.images.load(load(archive)));
  }

  @Test
  void whatIsSavedIsLoadedAgainUnderItsIdAndNames() throws IOException {
    Image image = fixture.imported("one");
    fixture.images.tag("one", ImageFixture.call("repo", "host:5000/two", "tag", "3"));
    byte[] archive =
        fixture
            .images
            .saveAll(ImageFixture.call("names", "one", "names", "host:5000/two:3"))
            .bytes();
    try (ImageFixture other = new ImageFixture(folder.resolve("two"))) {
      assertThat(ImageFixture.records(other.images.load(load(archive))).toString())
          .contains("Loaded image: one:latest\\n", "Loaded image: host:5000/two:3\\n");
      assertThat(other.service.source().find("one", "")).contains(image);
      assertThat(other.service.source().find("host:5000/two:3", "")).contains(image);
      assertThat(other.service.source().layers(image).getFirst())
          .hasSameBinaryContentAs(fixture.service.source().layers(image).getFirst());
      assertThat(other.images.saveAll(ImageFixture.call("names", "one")).bytes())
          .isEqualTo(fixture.images.saveAll(ImageFixture.call("names", "one")).bytes());
    }
  }

  @Test
  void toLoadAnImageIsNotToTagIt() throws IOException {
    fixture.imported("one");
    assertThat(lastTagged(fixture)).doesNotStartWith("0001-01-01");
    byte[] archive = fixture.images.save("one", ImageFixture.call()).bytes();
    try (ImageFixture other = new ImageFixture(folder.resolve("two"))) {
      ImageFixture.records(other.images.load(load(archive)));
      assertThat(lastTagged(other)).isEqualTo("0001-01-01T00:00:00Z");
    }
  }

  private static String lastTagged(ImageFixture fixture) {
    return fixture
        .images
        .inspect("one", ImageFixture.call())
        .document()
        .asJsonObject()
        .getJsonObject("Metadata")
        .getString("LastTagTime");
  }

  @Test
  void anArchiveIsAnOciLayoutToo() throws IOException {
    Image image = fixture.imported("one");
    byte[] archive = fixture.images.save("one", ImageFixture.call()).bytes();
    Tars layout = new Tars();
    try (TarReader tar = new TarReader(new ByteArrayInputStream(archive))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (!entry.get().name().equals("manifest.json")
            && entry.get().kind() == TarEntry.Kind.FILE) {
          layout.file(entry.get().name(), tar.content().readAllBytes());
        }
      }
    }
    try (ImageFixture other = new ImageFixture(folder.resolve("two"))) {
      assertThat(ImageFixture.records(other.images.load(load(layout.bytes()))).toString())
          .contains("Loaded image: one:latest");
      assertThat(other.service.source().find("one", "")).contains(image);
    }
  }

  @Test
  void anImageWithoutANameIsSavedAndLoadedByItsId() throws IOException {
    Image image = fixture.imported("one");
    byte[] archive = fixture.images.save(image.id(), ImageFixture.call()).bytes();
    fixture.images.remove("one", ImageFixture.call());
    assertThat(loaded(archive).getLast().getString("stream"))
        .isEqualTo("Loaded image ID: " + image.id() + "\n");
    assertThat(fixture.service.source().find(image.id(), "")).contains(image);
  }

  @Test
  void aRepositorysNameSavesAllItsTags() throws IOException {
    fixture.imported("one");
    fixture.images.tag("one", ImageFixture.call("repo", "one", "tag", "2"));
    String archive =
        new String(fixture.images.save("one", ImageFixture.call()).bytes(), StandardCharsets.UTF_8);
    assertThat(archive).contains("[\"one:2\",\"one:latest\"]");
  }

  @Test
  void whatIsNotThereCannotBeSaved() {
    assertThatThrownBy(() -> fixture.images.save("nosuch", ImageFixture.call()))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: nosuch:latest");
  }

  @Test
  void dockersOldArchiveIsLoadedPackedOrNotAndThroughItsLinks() throws IOException {
    byte[] archive =
        new Tars()
            .file("c.json", CONFIG)
            .file("real/layer.tar", LAYER)
            .symbolicLink("l/layer.tar", "../real/layer.tar")
            .file("manifest.json", MANIFEST)
            .bytes();
    assertThat(loaded(Tars.gzip(archive)).getLast().getString("stream"))
        .isEqualTo("Loaded image: a:1\n");
    assertThat(loaded(archive).getLast().getString("stream")).isEqualTo("Loaded image: a:1\n");
  }

  @Test
  void aNameThatMovesIsTold() throws IOException {
    Image before = fixture.imported("a:1");
    byte[] archive =
        Tars.of(
            "c.json",
            CONFIG,
            "l/layer.tar",
            new String(LAYER, StandardCharsets.ISO_8859_1),
            "manifest.json",
            MANIFEST);
    assertThat(loaded(archive).getFirst().getString("stream"))
        .isEqualTo(
            "The image a:1 already exists, renaming the old one with ID "
                + before.id()
                + " to empty string\n");
  }

  @Test
  void progressIsToldUnlessQuiet() throws IOException {
    byte[] archive =
        new Tars()
            .file("c.json", CONFIG)
            .file("l/layer.tar", LAYER)
            .file("manifest.json", MANIFEST)
            .bytes();
    List<JsonObject> records =
        ImageFixture.records(
            fixture.images.load(ImageFixture.call("quiet", "0").with(Body.of(archive))));
    assertThat(records.getFirst().getString("status")).isEqualTo("Loading layer");
  }

  static Stream<byte[]> hostile() throws IOException {
    String other = "sha256:" + "0".repeat(64);
    byte[] cut = new Tars().file("c.json", CONFIG).file("l/layer.tar", LAYER).bytes();
    byte[] huge = new Tars().file("manifest.json", "[]").bytes();
    System.arraycopy("77777777777\0".getBytes(StandardCharsets.US_ASCII), 0, huge, 124, 12);
    byte[] leading = Tars.of("../outside", "x");
    return Stream.of(
        new byte[0],
        "garbage".getBytes(StandardCharsets.UTF_8),
        Tars.gzip(new byte[0]),
        Arrays.copyOf(Tars.gzip(cut), 100),
        new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2, 3, 4, 5, 6},
        cut,
        Arrays.copyOf(cut, 700),
        huge,
        leading,
        Tars.of("a/../../outside", "x"),
        new Tars().symbolicLink("l/layer.tar", "../../outside").bytes(),
        new Tars().symbolicLink("c.json", "/etc/passwd").file("manifest.json", MANIFEST).bytes(),
        new Tars().hardLink("c.json", "../../etc/passwd").bytes(),
        new Tars()
            .symbolicLink("c.json", "d.json")
            .symbolicLink("d.json", "c.json")
            .file("manifest.json", MANIFEST)
            .bytes(),
        Tars.of("manifest.json", "{}"),
        Tars.of("manifest.json", "[1]"),
        Tars.of("manifest.json", "["),
        Tars.of("manifest.json", MANIFEST),
        Tars.of("manifest.json", MANIFEST.replace("c.json", "../../etc/passwd")),
        Tars.of("manifest.json", MANIFEST, "c.json", CONFIG),
        Tars.of("manifest.json", MANIFEST, "c.json", CONFIG, "l/layer.tar", "another layer"),
        new Tars()
            .file("manifest.json", MANIFEST)
            .file("c.json", CONFIG.replace(DIFF_ID, other))
            .file("l/layer.tar", LAYER)
            .bytes(),
        new Tars()
            .file("manifest.json", MANIFEST.replace("a:1", "../A:1"))
            .file("c.json", CONFIG)
            .file("l/layer.tar", LAYER)
            .bytes(),
        Tars.of("oci-layout", "{}", "index.json", "{}x"),
        Tars.of("index.json", "{\"manifests\":[{\"digest\":\"" + other + "\",\"size\":1}]}"),
        Tars.of("index.json", "{\"manifests\":[{\"digest\":\"sha256:../../x\",\"size\":1}]}"),
        Tars.of(
            "index.json",
            "{\"manifests\":[{\"digest\":\"" + other + "\",\"size\":1}]}",
            "blobs/sha256/" + "0".repeat(64),
            "{\"schemaVersion\":2}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {nope | invalid archive: manifest.json: invalid character 'n' looking for beginning of object key string
          null  | invalid manifest, manifest cannot be null (but can be [])
          {}    | invalid archive: manifest.json is no list
          [1]   | invalid archive: an entry of manifest.json is no object
          """)
  void aManifestThatIsNoneIsTold(String manifest, String told) throws IOException {
    assertThat(loaded(Tars.of("manifest.json", manifest)).getLast().getString("error"))
        .isEqualTo(told);
  }

  @Test
  void anArchiveOfNoImagesIsLoaded() throws IOException {
    assertThat(loaded(Tars.of("manifest.json", "[]"))).isEmpty();
  }

  @Test
  void anotherSystemsImageIsNotLoaded() throws IOException {
    byte[] archive =
        new Tars()
            .file("manifest.json", MANIFEST)
            .file("c.json", CONFIG.replace("linux", "windows"))
            .file("l/layer.tar", LAYER)
            .bytes();
    assertThat(loaded(archive).getLast().getString("error"))
        .isEqualTo("cannot load windows image on linux");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void anArchiveThatIsWrongIsRefusedAndLeavesNothing(byte[] archive) throws IOException {
    JsonObject told = loaded(archive).getLast();
    assertThat(told.getJsonObject("errorDetail").getString("message"))
        .isEqualTo(told.getString("error"))
        .doesNotContain("jakarta", "parsson", "java.");
    assertThat(fixture.images.list(ImageFixture.call()).document().asJsonArray()).isEmpty();
    for (String part : List.of("blobs", "layers", "partial")) {
      try (Stream<Path> files = Files.list(folder.resolve("one/content").resolve(part))) {
        assertThat(files).as(part).isEmpty();
      }
    }
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void anImportTakesItsMessageNameAndPlatform() throws IOException {
    Call call =
        ImageFixture.call(
                "fromSrc",
                "-",
                "repo",
                "r",
                "tag",
                "t",
                "message",
                "words",
                "platform",
                "linux/arm64")
            .with(Body.of(Tars.gzip(LAYER)));
    ImageFixture.records(fixture.images.create(call));
    JsonObject image = fixture.images.inspect("r:t", ImageFixture.call()).document().asJsonObject();
    assertThat(image.getString("Comment")).isEqualTo("words");
    assertThat(image.getString("Architecture")).isEqualTo("arm64");
    assertThat(image.getJsonObject("RootFS").getJsonArray("Layers"))
        .hasToString("[\"" + DIFF_ID + "\"]");
    assertThat(fixture.events).anyMatch(event -> event.startsWith("image import sha256:"));
  }

  @Test
  void anImportOfGarbageIsRefused() {
    Call call =
        ImageFixture.call("fromSrc", "-")
            .with(Body.of("garbage".repeat(200).getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> fixture.images.create(call))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("tar header");
  }
}
