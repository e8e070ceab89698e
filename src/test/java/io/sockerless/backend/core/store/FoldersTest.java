package io.sockerless.backend.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

  @TempDir private Path temporary;
  private Path outside;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "twelve bytes");
    folder = temporary.resolve("folder/deep");
    Files.createDirectories(folder.resolve("deeper"));
    Files.writeString(folder.resolve("file"), "five!");
    Files.createSymbolicLink(folder.resolve("link"), outside);
  }

  @Test
  void allOfAFolderGoesAndNothingThatALinkInItLeadsTo() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.writeString(closed.resolve("file"), "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Folders.delete(temporary.resolve("folder"));
    assertThat(temporary.resolve("folder")).doesNotExist();
    assertThat(outside.resolve("kept")).exists();
  }

  @Test
  void aFolderThatIsGoneAlreadyIsNoError() {
    assertThatCode(() -> Folders.delete(temporary.resolve("nowhere"))).doesNotThrowAnyException();
  }

  @Test
  void whatALinkLeadsToDoesNotCount() {
    assertThat(Folders.size(folder)).isBetween(5L, 5L + outside.toString().length());
  }
}
