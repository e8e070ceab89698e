package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFilesTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private StagedFiles files;

  @BeforeEach
  void begin() throws IOException {
    Path layer = folder.resolve("layer.tar");
    Files.write(
        layer,
        tar(
            entry("srv", Kind.DIRECTORY, "", 0),
            entry("srv/old", Kind.FILE, "", 3),
            entry("var", Kind.DIRECTORY, "", 0),
            entry("var/run", Kind.SYMLINK, "../run", 0)));
    files =
        new StagedFiles(
            new ContainerSpec(
                "1",
                "c",
                JsonValue.EMPTY_JSON_OBJECT,
                JsonValue.EMPTY_JSON_OBJECT,
                List.of(layer),
                List.of(),
                Files.createDirectory(folder.resolve("container")),
                "c",
                Map.of(),
                List.of()));
  }

  private static TarEntry entry(String name, Kind kind, String target, int size) {
    return new TarEntry(name, kind, 0644, 0, 0, THEN, target, 0, 0, size);
  }

  private static byte[] tar(TarEntry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (TarEntry each : entries) {
        tar.put(each, new ByteArrayInputStream("new".getBytes(StandardCharsets.UTF_8)));
      }
    }
    return bytes.toByteArray();
  }

  private void put(String path, TarEntry... entries) throws IOException {
    files.putArchive(path, new ByteArrayInputStream(tar(entries)), false, false);
  }

  @Test
  void whatTheImageHasIsKnownAndWhereItsLinksLead() throws IOException {
    assertThat(files.stat("/srv/old").size()).isEqualTo(3);
    assertThat(files.stat("/var/run").linkTarget()).isEqualTo("/run");
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> files.stat("/none"));
  }

  @Test
  void whatIsPutIsThereAndIsAllThatHasChanged() throws IOException {
    put("/srv", entry("new", Kind.FILE, "", 3));

    assertThat(files.stat("/srv/new").name()).isEqualTo("new");
    assertThat(files.changes().stream().map(change -> change.kind() + change.path()))
        .containsExactly("MODIFIED/srv", "ADDED/srv/new");
  }

  @Test
  void theLayerHasWhatWasPutUnderTheNamesOfTheContainer() throws IOException {
    put("/srv", entry("new", Kind.FILE, "", 3), entry("more", Kind.HARD_LINK, "new", 0));
    ByteArrayOutputStream layer = new ByteArrayOutputStream();

    files.writeLayer(layer);

    List<String> told = new ArrayList<>();
    try (TarReader tar = new TarReader(new ByteArrayInputStream(layer.toByteArray()))) {
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        String content = new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
        told.add(next.get().name() + "=" + content + next.get().linkTarget());
      }
    }
    assertThat(told).containsExactly("srv/new=new", "srv/more=srv/new");
  }

  @Test
  void aPackedArchiveIsUnpackedHereSinceAnAgentNeedNotKnowHow() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar(entry("new", Kind.FILE, "", 3)));
    }

    files.putArchive("/", new ByteArrayInputStream(packed.toByteArray()), false, false);

    assertThat(files.stat("/new").size()).isEqualTo(3);
  }

  @Test
  void ofAContainerThatHasRunNobodyHereKnowsTheFiles() throws IOException {
    Files.createFile(folder.resolve("container/ran"));

    assertThatExceptionOfType(EngineException.NotImplemented.class)
        .isThrownBy(() -> files.changes())
        .withMessageContaining("its agent is not connected");
  }

  @Test
  void thatContentsAreNotHereIsToldBeforeAnAnswerBegins() {
    assertThatExceptionOfType(EngineException.NotImplemented.class)
        .isThrownBy(() -> files.requireContents())
        .withMessageContaining("its agent is not connected");
  }
}
