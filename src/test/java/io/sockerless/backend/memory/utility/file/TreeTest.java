package io.sockerless.backend.memory.utility.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void files() throws IOException {
    FileUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/t", 0755);
    sandbox.files().makeDirectory("/t/a", 0755);
    sandbox.files().makeDirectory("/t/a/b", 0755);
    sandbox.withFile("/t/a/b/y", "").withFile("/t/a/x", "").withFile("/t/.hidden", "");
    sandbox.files().makeLink("a", "/t/l");
  }

  @Test
  void foldersAreDrawnWithWhatIsInThem() {
    assertThat(sandbox.run("tree", "/t").output())
        .isEqualTo(
            """
            /t
            |-- a
            |   |-- b
            |   |   `-- y
            |   `-- x
            `-- l -> a

            2 directories, 3 files
            """);
  }

  @Test
  void onlyFoldersOrOnlyTheUppermostLevelsAreDrawnOnRequest() {
    assertThat(sandbox.run("tree", "-d", "/t").output())
        .isEqualTo("/t\n`-- a\n    `-- b\n\n2 directories\n");
    assertThat(sandbox.run("tree", "-L", "1", "-a", "/t").output())
        .isEqualTo("/t\n|-- .hidden\n|-- a\n`-- l -> a\n\n1 directories, 2 files\n");
  }

  @Test
  void whatIsNoFolderIsToldAndTheNextOneDrawn() {
    assertThat(sandbox.run("tree", "/nosuch").output())
        .isEqualTo("/nosuch [error opening dir]\n\n0 directories, 0 files\n");
  }
}
