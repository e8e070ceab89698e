package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxLoaderTest {

  private static final Program SHELL = task -> 0;
  private static final Program LIST = task -> 0;
  private static final Program MODULE = task -> 0;

  private final Sandbox sandbox = new Sandbox();
  private final SandboxLoader loader =
      new SandboxLoader(
          name ->
              switch (name) {
                case "sh" -> Optional.of(SHELL);
                case "ls" -> Optional.of(LIST);
                default -> Optional.empty();
              },
          file -> MODULE);

  private void file(String path, String content) {
    sandbox.withFile(path, 0755, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private ProgramLoader.Loaded load(String path, String... arguments) throws IOException {
    return loader.load(sandbox.files(), path, List.of(arguments));
  }

  @Test
  void anImagesOwnUtilityIsReplacedByTheSandboxsOfThatName() throws IOException {
    file("/bin/busybox", "\177ELF…");
    sandbox.files().makeLink("/bin/busybox", "/bin/ls");
    assertThat(load("/bin/ls", "ls", "-l").program()).isSameAs(LIST);
  }

  @Test
  void aUtilityIsCalledThroughBusybox() throws IOException {
    file("/bin/busybox", "\0sockerless-utility\n");
    ProgramLoader.Loaded loaded = load("/bin/busybox", "busybox", "ls", "-l");
    assertThat(loaded.program()).isSameAs(LIST);
    assertThat(loaded.arguments()).containsExactly("ls", "-l");
  }

  @Test
  void anotherBinaryIsRefusedWithTheReason() {
    file("/bin/postgres", "\177ELF…");
    assertThatThrownBy(() -> load("/bin/postgres", "postgres"))
        .isInstanceOf(ProgramLoader.ExecFormatException.class)
        .hasMessage(
            "exec format error: /bin/postgres is a Linux binary; the memory backend runs WASM and"
                + " shell scripts");
  }

  @Test
  void aBinaryOfAUtilitysNameInAnotherFolderIsNoUtility() {
    file("/work/ls", "\177ELF…");
    assertThatThrownBy(() -> load("/work/ls", "ls")).hasMessageContaining("Linux binary");
  }

  @Test
  void aScriptIsItsInterpretersWithItsPathAndArguments() throws IOException {
    file("/bin/sh", "\0sockerless-utility\n");
    file("/work/run", "#! /bin/sh -e\necho\n");
    ProgramLoader.Loaded loaded = load("/work/run", "run", "a", "b");
    assertThat(loaded.program()).isSameAs(SHELL);
    assertThat(loaded.arguments()).containsExactly("/bin/sh", "-e", "/work/run", "a", "b");
  }

  @Test
  void scriptsThatInterpretEachOtherEnd() {
    file("/work/a", "#!/work/b\n");
    file("/work/b", "#!/work/a\n");
    assertThatThrownBy(() -> load("/work/a", "a")).hasMessage("Symbolic link loop");
  }

  @Test
  void aModuleIsTakenForOneByItsFirstBytes() throws IOException {
    file("/work/app", "\0asm\1\0\0\0");
    assertThat(load("/work/app", "app").program()).isSameAs(MODULE);
  }

  @Test
  void whatCannotBeExecutedIsToldApart() {
    sandbox.withFile("/work/text", 0644, new byte[] {'x'});
    file("/work/plain", "echo hi\n");
    assertThatThrownBy(() -> load("/work/text", "text")).hasMessage("Permission denied");
    assertThatThrownBy(() -> load("/work", "work")).hasMessage("Permission denied");
    assertThatThrownBy(() -> load("/work/none", "none")).hasMessage("No such file or directory");
    assertThatThrownBy(() -> load("/work/plain", "plain")).hasMessage("Exec format error");
  }
}
