package io.sockerless.backend.memory;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.shell.Shell;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All programs that the sandbox brings, by the names that they are called by. */
final class Programs {

  private static final List<String> SHELLS = List.of("sh", "ash", "dash", "bash");

  private final Map<String, Program> programs = new TreeMap<>();

  Programs() {
    programs.putAll(TextUtilities.programs());
    programs.putAll(FileUtilities.programs());
    SHELLS.forEach(name -> programs.put(name, new Shell()));
  }

  Optional<Program> find(String name) {
    return Optional.ofNullable(programs.get(name));
  }

  List<String> names() {
    return List.copyOf(programs.keySet());
  }
}
