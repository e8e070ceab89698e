package io.sockerless.backend.core.dockerfile;

import io.sockerless.engine.EngineException;
import java.util.List;
import java.util.Map;

/** Replaces the variables in an instruction's arguments by their values. */
public final class Expander {

  private final char escape;
  private final Map<String, String> variables;

  /**
   * Replaces these variables.
   *
   * @param escape what takes the meaning from the character behind it
   */
  public Expander(char escape, Map<String, String> variables) {
    this.escape = escape;
    this.variables = Map.copyOf(variables);
  }

  /**
   * One argument without its quotes, its variables replaced.
   *
   * @throws EngineException.InvalidParameter in dockerd's words
   */
  public String word(String text) {
    return new Expansion(text, escape, variables, false).run().text();
  }

  /** The same, as so many arguments as there are words in it then. */
  public List<String> words(String text) {
    return new Expansion(text, escape, variables, false).run().words();
  }

  /** Text in which quotes mean nothing, such as a file's content. */
  public String text(String text) {
    return new Expansion(text, escape, variables, true).run().text();
  }
}
