package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.SyntaxException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Functions of bash in the environment, where those that it starts find them: {@code export -f}
 * makes {@code BASH_FUNC_name%%} of one.
 */
final class ExportedFunctions {

  private static final String PREFIX = "BASH_FUNC_";
  private static final String SUFFIX = "%%";
  private static final String PARENTHESES = "() ";

  private ExportedFunctions() {}

  /** What programs get of a shell's functions. */
  static Map<String, String> environment(ShellState state) {
    Map<String, String> environment = new TreeMap<>();
    state
        .functions()
        .forEach((name, function) -> {
          if (state.bash().exportedFunctions().contains(name)) {
            environment.put(PREFIX + name + SUFFIX, PARENTHESES + function.source());
          }
        });
    return environment;
  }

  /** Defines what an environment has; anything else in its place is told, and never run. */
  static void define(Map<String, String> environment, Interpreter shell) throws IOException {
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(PREFIX) && key.endsWith(SUFFIX) && key.length() > PREFIX.length() + 2) {
        String name = key.substring(PREFIX.length(), key.length() - SUFFIX.length());
        Optional<Command.Function> function = parse(name, entry.getValue());
        if (function.isPresent()) {
          shell.state().functions().put(name, function.get());
          shell.state().bash().exportedFunctions().add(name);
        } else {
          shell.messages().error("error importing function definition for `" + name + "'");
        }
      }
    }
  }

  private static Optional<Command.Function> parse(String name, String value) throws IOException {
    if (!value.startsWith(PARENTHESES)) {
      return Optional.empty();
    }
    try {
      return Parser.function(name + " " + value);
    } catch (SyntaxException e) {
      return Optional.empty();
    }
  }
}
