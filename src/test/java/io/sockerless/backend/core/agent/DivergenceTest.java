package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.driver.ContainerFiles.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123456789Z");

  @TempDir private Path folder;

  private final List<TarEntry> image =
      List.of(folder("etc"), file("etc/passwd"), file("etc/group"), folder("bin"), file("bin/sh"));
  private Divergence divergence;

  @BeforeEach
  void begin() throws IOException {
    divergence = new Divergence(LayerIndex.of(List.of(layer("image", image))), Set.of("/proc"));
  }

  private static TarEntry file(String name) {
    return entry(name, Kind.FILE, 0644, THEN, "");
  }

  private static TarEntry folder(String name) {
    return entry(name, Kind.DIRECTORY, 0755, THEN, "");
  }

  private static TarEntry entry(String name, Kind kind, int mode, Instant time, String target) {
    return new TarEntry(name, kind, mode, 0, 0, time, target, 0, 0, 0);
  }

  private Path layer(String name, List<TarEntry> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream output = Files.newOutputStream(file);
        TarWriter tar = new TarWriter(output)) {
      for (TarEntry each : entries) {
        tar.put(each);
      }
    }
    return file;
  }

  private List<String> after(TarEntry... others) {
    List<TarEntry> all = new ArrayList<>(image);
    for (TarEntry other : others) {
      all.removeIf(each -> each.name().equals(other.name()));
      all.add(other);
    }
    all.forEach(divergence::look);
    return told(divergence.changes());
  }

  private static List<String> told(List<Change> changes) {
    return changes.stream().map(change -> change.kind() + " " + change.path()).toList();
  }

  @Test
  void whatIsAsInTheImageHasNotChanged() {
    assertThat(after()).isEmpty();
  }

  @Test
  void aFolderThatWasWrittenToHasChangedWithItsFile() {
    assertThat(after(entry("etc/passwd", Kind.FILE, 0644, THEN.plusNanos(1), "")))
        .containsExactly("MODIFIED /etc", "MODIFIED /etc/passwd");
  }

  @Test
  void anotherTimeAloneChangesNoFolder() {
    assertThat(after(entry("etc", Kind.DIRECTORY, 0755, Instant.now(), ""))).isEmpty();
  }

  @Test
  void anotherModeChangesAFolder() {
    assertThat(after(entry("etc", Kind.DIRECTORY, 0700, THEN, "")))
        .containsExactly("MODIFIED /etc");
  }

  @Test
  void whatIsNewIsAddedAndALinkOfItTooAsOneName() {
    assertThat(after(file("srv"), entry("srv2", Kind.HARD_LINK, 0644, THEN, "srv")))
        .containsExactly("ADDED /srv", "ADDED /srv2");
  }

  @Test
  void ofAFolderThatIsGoneItsOwnNameAloneIsTold() {
    image.stream().filter(each -> !each.name().startsWith("etc")).forEach(divergence::look);

    assertThat(told(divergence.changes())).containsExactly("DELETED /etc");
    assertThat(divergence.removed()).containsExactly("etc");
  }

  @Test
  void whatIsMountedIsNoChangeOfTheImages() throws IOException {
    List<TarEntry> more = List.of(folder("proc"), file("proc/seen"));
    Divergence mounted =
        new Divergence(LayerIndex.of(List.of(layer("more", more))), Set.of("/proc"));

    mounted.look(entry("proc", Kind.DIRECTORY, 0555, Instant.now(), ""));

    assertThat(mounted.changes()).isEmpty();
  }

  @Test
  void laterLayersReplaceAndTakeAwayWhatEarlierOnesHave() throws IOException {
    Path second =
        layer(
            "second",
            List.of(
                file("etc/.wh.group"),
                folder("bin"),
                file("bin/.wh..wh..opq"),
                file("bin/new"),
                entry("etc/passwd", Kind.SYMLINK, 0777, THEN, "shadow")));

    LayerIndex index = LayerIndex.of(List.of(folder.resolve("image"), second));

    assertThat(index.paths()).containsExactly("bin", "bin/new", "etc", "etc/passwd");
    assertThat(index.find("etc/passwd").orElseThrow().linkTarget()).isEqualTo("shadow");
  }
}
