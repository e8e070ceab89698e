package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedFilesTest {

  @TempDir private Path folder;

  private final AtomicInteger reads = new AtomicInteger();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("file"), "one");
  }

  private ReloadedFiles<String> files() {
    return new ReloadedFiles<>(List.of(file), this::read);
  }

  private String read() throws IOException {
    reads.incrementAndGet();
    String text = Files.readString(file);
    if (text.isEmpty()) {
      throw new IOException("empty");
    }
    return text;
  }

  private void replace(String text) throws IOException {
    Files.move(
        Files.writeString(folder.resolve("new"), text), file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void filesThatChangeAreReadAgain() throws IOException {
    ReloadedFiles<String> files = files();
    replace("two");
    files.refresh();
    assertThat(files.current()).isEqualTo("two");
  }

  @Test
  void filesThatDoNotAreNot() {
    ReloadedFiles<String> files = files();
    files.refresh();
    files.refresh();
    assertThat(reads).hasValue(1);
  }

  @Test
  void aLinkThatPointsElsewhereIsAChange() throws IOException {
    Path target = Files.writeString(folder.resolve("other"), "one");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    ReloadedFiles<String> files =
        new ReloadedFiles<>(List.of(link), () -> link.toRealPath().toString());
    Files.delete(link);
    Files.createSymbolicLink(link, target);
    files.refresh();
    assertThat(files.current()).endsWith("other");
  }

  @Test
  void whatCannotBeReadChangesNothingAndIsTriedOnce() throws IOException {
    ReloadedFiles<String> files = files();
    replace("");
    files.refresh();
    files.refresh();
    assertThat(files.current()).isEqualTo("one");
    assertThat(reads).hasValue(2);
    Files.delete(file);
    files.refresh();
    assertThat(files.current()).isEqualTo("one");
    replace("three");
    files.refresh();
    assertThat(files.current()).isEqualTo("three");
  }

  @Test
  void theFirstTimeItMustSucceed() throws IOException {
    replace("");
    assertThatIllegalArgumentException().isThrownBy(this::files).withMessage("empty");
  }
}
