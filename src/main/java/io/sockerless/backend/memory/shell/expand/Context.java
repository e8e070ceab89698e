package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What expansions need of the shell. */
public interface Context {

  /** The task whose files are looked at. */
  Task task();

  /** The value of a variable or of a parameter other than {@code @} and {@code *}. */
  Optional<String> parameter(String name) throws IOException;

  /** The positional parameters. */
  List<String> positional();

  /**
   * Gives a variable a value.
   *
   * @throws ExpansionException if it is read-only or no variable
   */
  void assign(String name, String value) throws IOException;

  /** What a command prints, newlines at the end taken off. */
  String substitute(Command command) throws IOException;

  /** Whether fields that are patterns become names of files. */
  boolean isGlobbing();

  /** Whether a parameter that is not set is an error. */
  boolean isStrict();
}
