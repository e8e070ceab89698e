package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;
import java.util.Optional;

/** Files that a shell reads before anything else. */
final class Profile {

  private Profile() {}

  /** Runs a file's commands, if it is there. */
  static void read(Interpreter shell, String path) throws IOException {
    Optional<OpenFile> file = open(shell, path);
    if (file.isEmpty()) {
      return;
    }
    try (OpenFile open = file.get()) {
      shell.script(new ScriptFile(shell.task(), open));
    } catch (ControlFlow.Return | ControlFlow.Abort e) {
      shell.state().setStatus(e.value());
    }
  }

  private static Optional<OpenFile> open(Interpreter shell, String path) {
    try {
      return Optional.of(shell.task().files().open(path, OpenMode.READ));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
