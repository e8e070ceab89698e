package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import io.sockerless.backend.memory.utility.process.ProcessUtilities;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.util.List;
import java.util.Map;

/** A sandbox with the shell and the utilities that scripts of tests use. */
final class ShellSandbox {

  private ShellSandbox() {}

  static Sandbox create() {
    Sandbox sandbox = new Sandbox().withEnvironment("PATH", "/usr/bin:/bin");
    for (Map<String, Program> programs :
        List.of(TextUtilities.programs(), FileUtilities.programs(), ProcessUtilities.programs())) {
      programs.forEach(sandbox::with);
    }
    return sandbox.with("sh", new Shell(Dialect.ASH)).with("bash", new Shell(Dialect.BASH));
  }
}
