package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What expansions need of the shell. */
public interface Context {

  /** The task whose files are looked at. */
  Task task();

  /**
   * The value of a variable or of a parameter other than {@code @} and {@code *}.
   *
   * @param name of a variable with a subscript in brackets, if an element is meant
   */
  Optional<String> parameter(String name) throws IOException;

  /** The positional parameters. */
  List<String> positional();

  /**
   * Gives a variable a value.
   *
   * @throws ExpansionException if it is read-only or no variable
   */
  void assign(String name, String value) throws IOException;

  /** The subscripts of an array's elements; one for another variable. */
  List<String> keys(String name);

  /** All elements of an array; the value of another variable. */
  List<String> values(String name);

  /** Whether an array's subscripts are texts. */
  boolean isAssociative(String name);

  /** The name that a variable refers to, if it is such. */
  Optional<String> referred(String name);

  /** The letters of what a variable is besides its value, as {@code declare} has them. */
  String attributes(String name);

  /** The declaration that makes a variable what it is. */
  String declaration(String name);

  /** All subscripts of an array with their values, to be read again. */
  String pairs(String name);

  /** A text with the escapes of prompts replaced. */
  String promptEscapes(String text);

  /** The names of the variables that begin so. */
  List<String> names(String prefix);

  /** What {@code $0} is. */
  String shellName();

  /** The shell that it is. */
  Dialect dialect();

  /** The path of a file that a command writes, or reads if it is not read from. */
  String process(Command command, boolean read) throws IOException;

  /** What a command prints, newlines at the end taken off. */
  String substitute(Command command) throws IOException;

  /** Whether fields that are patterns become names of files. */
  boolean isGlobbing();

  /** Whether a pattern without files leaves nothing, and not itself. */
  boolean isNullGlobbing();

  /** Whether in what replaces something, {@code &} stands for that. */
  boolean isReplacingWithMatch();

  /** Whether patterns find files whose names begin with a dot. */
  boolean isDotGlobbing();

  /** Whether two stars find files in all folders below. */
  boolean isGlobbingDeep();

  /** What a text is as a pattern. */
  Pattern pattern(String text);

  /** Whether a parameter that is not set is an error. */
  boolean isStrict();
}
