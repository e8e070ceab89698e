package io.sockerless.backend.memory;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.shell.Shell;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All programs that the sandbox brings, by the names that they are called by. */
final class Programs {

  private Programs() {}

  static Optional<Program> find(String name) {
    return Optional.ofNullable(All.PROGRAMS.get(name));
  }

  static List<String> names() {
    return List.copyOf(All.PROGRAMS.keySet());
  }

  /**
   * Loaded with the first program that runs: two hundred classes are a tenth of what a server takes
   * to start.
   */
  private static final class All {
    private static final List<String> SHELLS = List.of("sh", "ash", "dash");

    private static final Map<String, Program> PROGRAMS = new TreeMap<>();

    static {
      PROGRAMS.putAll(TextUtilities.programs());
      PROGRAMS.putAll(FileUtilities.programs());
      SHELLS.forEach(name -> PROGRAMS.put(name, new Shell(Dialect.ASH)));
      PROGRAMS.put("bash", new Shell(Dialect.BASH));
    }
  }
}
