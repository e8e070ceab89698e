package io.sockerless.backend.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTreeTest {

  @TempDir private Path folder;

  private static TarEntry entry(String name, Kind kind, String target, long size) {
    return new TarEntry(name, kind, 0644, 0, 0, Instant.EPOCH, target, 0, 0, size);
  }

  private FileTree tree(TarEntry... entries) throws IOException {
    Path tar = folder.resolve("a.tar");
    try (OutputStream stream = Files.newOutputStream(tar);
        TarWriter writer = new TarWriter(stream)) {
      for (TarEntry entry : entries) {
        byte[] content = "x".repeat((int) entry.size()).getBytes(StandardCharsets.UTF_8);
        writer.put(entry, new ByteArrayInputStream(content));
      }
    }
    return FileTree.of(tar);
  }

  @Test
  void contentIsReadFromTheArchive() throws IOException {
    FileTree tree = tree(entry("./d/a", Kind.FILE, "", 700), entry("b", Kind.FILE, "", 3));
    try (InputStream content = tree.content(tree.find("d/a").orElseThrow())) {
      assertThat(content.readAllBytes()).hasSize(700).containsOnly('x');
    }
  }

  @Test
  void linksLeadToOtherMembersAndNowhereElse() throws IOException {
    FileTree tree =
        tree(
            entry("d/a", Kind.FILE, "", 1),
            entry("in", Kind.SYMLINK, "d", 0),
            entry("absolute", Kind.SYMLINK, "/d/a", 0),
            entry("loop", Kind.SYMLINK, "loop", 0),
            entry("host", Kind.SYMLINK, "/etc/passwd", 0));
    assertThat(tree.find("in/a")).isPresent();
    assertThat(tree.find("absolute")).map(FileTree.File::path).contains("d/a");
    assertThat(tree.find("loop")).isEmpty();
    assertThat(tree.find("host")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "l, SYMLINK, ../../etc/passwd",
    "h, HARD_LINK, nowhere",
    "h, HARD_LINK, ../../etc/passwd"
  })
  void whatLeavesTheTreeIsRefused(String name, Kind kind, String target) {
    assertThatThrownBy(() -> tree(entry(name, kind, target, 0))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/x", "/../x"})
  void theFolderAboveTheRootIsTheRoot(String name) throws IOException {
    assertThat(tree(entry(name, Kind.FILE, "", 1)).find("x"))
        .map(FileTree.File::path)
        .contains("x");
  }

  @Test
  void aFileUnderALinkIsRefused() {
    assertThatThrownBy(() -> tree(entry("l", Kind.SYMLINK, "d", 0), entry("l/x", Kind.FILE, "", 0)))
        .hasMessageContaining("no folder");
  }

  @Test
  void aHardLinkIsTheSameFile() throws IOException {
    FileTree tree = tree(entry("a", Kind.FILE, "", 9), entry("b", Kind.HARD_LINK, "a", 0));
    assertThat(tree.find("b").orElseThrow().entry().size()).isEqualTo(9);
  }

  @Test
  void theLastPaddingMayBeMissing() throws IOException {
    FileTree whole = tree(entry("a", Kind.FILE, "", 3));
    assertThat(whole.find("a")).isPresent();
    Path cut = folder.resolve("cut.tar");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(folder.resolve("a.tar")), 512 + 3));
    assertThat(FileTree.of(cut).find("a")).isPresent();
  }
}
