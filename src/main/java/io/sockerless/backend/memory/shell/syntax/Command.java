package io.sockerless.backend.memory.shell.syntax;

import java.util.List;
import java.util.Optional;

/**
 * What a shell runs, as the grammar of POSIX has it; immutable, so that a subshell shares it with
 * its parent.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_10">
 *     POSIX, Shell Grammar</a>
 */
public sealed interface Command {

  /**
   * A variable's new value, before a command or alone.
   *
   * @param name empty in an array's list
   * @param append whether the value is added to the old one
   */
  record Assignment(String name, Optional<Word> subscript, boolean append, Word value) {

    /** The list that is an array's value, if it is one. */
    public Optional<Part.ArrayLiteral> list() {
      return value.parts().size() == 1 && value.parts().getFirst() instanceof Part.ArrayLiteral list
          ? Optional.of(list)
          : Optional.empty();
    }
  }

  /**
   * A command with its words.
   *
   * @param text as it was written, for bash alone, whose scripts can ask for it
   */
  record Simple(
      int line,
      List<Assignment> assignments,
      List<Word> words,
      List<Redirection> redirections,
      String text)
      implements Command {}

  /** Commands that read what the one before writes; with a text for {@code jobs}. */
  record Pipeline(List<Command> stages, String text) implements Command {}

  /** The opposite of a command's outcome. */
  record Not(Command command) implements Command {}

  /** A command, and others that run if those before succeeded or failed. */
  record AndOr(Command first, List<Next> rest) implements Command {
    /** A command after {@code &&}, or after {@code ||}. */
    public record Next(boolean onSuccess, Command command) {}
  }

  /** Commands one after the other; none does nothing. */
  record Sequence(List<Command> commands) implements Command {}

  /** A command that nobody waits for; with a text for {@code jobs}. */
  record Background(Command command, String text) implements Command {}

  /** A command in the background that the shell writes to and reads from. */
  record Coprocess(String name, Command command, String text) implements Command {}

  /** A command in a shell of its own. */
  record Subshell(Command body, String text, int line) implements Command {}

  /** {@code if}; an {@code elif} is an {@code if} in {@code otherwise}. */
  record If(Command condition, Command then, Optional<Command> otherwise) implements Command {}

  /** {@code while}, or {@code until}. */
  record Loop(boolean until, Command condition, Command body) implements Command {}

  /**
   * {@code for}; without words it takes the positional parameters.
   *
   * @param text the words as they were written
   */
  record For(int line, String name, Optional<List<Word>> words, String text, Command body)
      implements Command {}

  /**
   * {@code select}; without words it takes the positional parameters.
   *
   * @param text the words as they were written
   */
  record Select(int line, String name, Optional<List<Word>> words, String text, Command body)
      implements Command {}

  /** {@code for} with three expressions. */
  record Count(int line, Word first, Word condition, Word step, Command body) implements Command {}

  /** A command whose time is told, in three lines as POSIX has them or in bash's. */
  record Timed(Command command, boolean posix) implements Command {}

  /**
   * {@code case}.
   *
   * @param text the subject as it was written
   */
  record Case(int line, Word subject, String text, List<Item> items) implements Command {
    /**
     * Patterns and what runs for them.
     *
     * @param fallsThrough whether the next item runs too, as after {@code ;&}
     * @param goesOn whether the next patterns are looked at too, as after {@code ;;&}
     */
    public record Item(List<Word> patterns, Command body, boolean fallsThrough, boolean goesOn) {}
  }

  /**
   * The definition of a function.
   *
   * @param source the body as it was written, since a shell can show it or hand it on
   */
  record Function(String name, Command body, String source) implements Command {
    /** What defines it again. */
    public String definition() {
      return name + " () \n" + source + "\n";
    }
  }

  /** A compound command with redirections, and the line that an error of those is told for. */
  record Redirected(Command command, List<Redirection> redirections, int line) implements Command {}

  /** {@code [[ … ]]}. */
  record Test(Condition condition, int line) implements Command {}

  /** {@code (( … ))}. */
  record Calculation(Word expression, int line) implements Command {}
}
