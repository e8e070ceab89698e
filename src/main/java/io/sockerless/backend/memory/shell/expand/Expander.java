package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns words into fields: tilde, parameters, substitutions, arithmetic, then splitting and names
 * of files.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06">
 *     POSIX, Word Expansions</a>
 */
public final class Expander {

  private static final String DEFAULT_SEPARATORS = " \t\n";
  private static final Pattern EXPRESSION_SIGNS = Pattern.compile("[\\[\\]().*+?^$|{}\\\\]");

  private final Context context;
  private final ParameterExpansion parameters;
  private final Tilde tilde;

  /** Expands for a shell. */
  public Expander(Context context) {
    this.context = context;
    this.parameters = new ParameterExpansion(context, this);
    this.tilde = new Tilde(context);
  }

  /** The fields of some words. */
  public List<String> fields(List<Word> words) throws IOException {
    List<String> fields = new ArrayList<>();
    for (Word word : words) {
      addFields(word, fields);
    }
    return fields;
  }

  /** Adds the fields of a word. */
  public void addFields(Word word, List<String> fields) throws IOException {
    String plain = word.plain();
    if (!plain.isEmpty() && !needsExpansion(plain)) {
      fields.add(plain);
      return;
    }
    Fields collected = collect(word, true, false);
    for (Fields.Field field : collected.finish()) {
      boolean globs = field.magic() && context.isGlobbing();
      List<String> names = globs ? Globbing.names(context, field.pattern()) : List.of();
      if (!names.isEmpty()) {
        fields.addAll(names);
      } else if (!globs || !context.isNullGlobbing()) {
        fields.add(field.text());
      }
    }
  }

  private static boolean needsExpansion(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '~' || c == '*' || c == '?' || c == ']' || c == '(') {
        return true;
      }
    }
    return false;
  }

  /** A word as one text: a redirection's target, the subject of {@code case}. */
  public String text(Word word) throws IOException {
    return collect(word, false, false).only().text();
  }

  /** The value of an assignment, where a tilde may follow a colon. */
  public String assigned(Word word) throws IOException {
    return collect(word, false, true).only().text();
  }

  /** A word as a pattern, quoted characters escaped. */
  public String pattern(Word word) throws IOException {
    return collect(word, false, false).only().pattern();
  }

  /** A word as a regular expression, in which quoted characters stand for themselves. */
  public String expression(Word word) throws IOException {
    return escaped(word, EXPRESSION_SIGNS).pattern();
  }

  /**
   * A word as one, with a backslash in its pattern before those of some characters that are quoted.
   */
  Fields.Field escaped(Word word, Pattern characters) throws IOException {
    Fields fields =
        new Fields(false, separators(), text -> characters.matcher(text).replaceAll("\\\\$0"));
    return collect(word, fields, false).only();
  }

  /** A here-document's text, in which a tilde is one. */
  public String document(Word word) throws IOException {
    Fields fields = new Fields(false, separators());
    add(word.parts(), fields, false);
    return fields.only().text();
  }

  /** The value of an arithmetic expression. */
  public long calculate(Word expression) throws IOException {
    return new Arithmetic(context).evaluate(document(expression));
  }

  /** The subscript of an array's element: a text, or the value of an expression. */
  public String subscript(String name, Word subscript) throws IOException {
    if (context.isAssociative(name)) {
      return text(subscript);
    }
    long index = calculate(subscript);
    if (index < 0) {
      List<String> keys = context.keys(name);
      index += keys.isEmpty() ? 0 : Long.parseLong(keys.getLast()) + 1;
    }
    if (index < 0) {
      throw new ExpansionException(name + "[" + text(subscript) + "]: bad array subscript");
    }
    return Long.toString(index);
  }

  private Fields collect(Word word, boolean splitting, boolean assignment) throws IOException {
    return collect(word, new Fields(splitting, separators()), assignment);
  }

  private Fields collect(Word word, Fields fields, boolean assignment) throws IOException {
    List<Part> parts = word.parts();
    if (!parts.isEmpty()
        && parts.getFirst() instanceof Part.Literal first
        && !first.quoted()
        && first.text().startsWith("~")) {
      String text = first.text();
      String rest = tilde.expandFirst(text, parts.size() == 1, assignment, fields);
      parts = new ArrayList<>(parts);
      parts.set(0, new Part.Literal(rest, false));
    }
    if (assignment) {
      addAssigned(parts, fields);
    } else {
      add(parts, fields, false);
    }
    return fields;
  }

  private void addAssigned(List<Part> parts, Fields fields) throws IOException {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Literal literal && !literal.quoted()) {
        tilde.expandAfterColons(literal.text(), i == parts.size() - 1, fields);
      } else {
        add(parts.subList(i, i + 1), fields, false);
      }
    }
  }

  private String separators() throws IOException {
    return context.parameter("IFS").orElse(DEFAULT_SEPARATORS);
  }

  /**
   * Adds what parts expand to.
   *
   * @param splitsLiterals whether characters are split like values: those of an operator's argument
   */
  void add(List<Part> parts, Fields fields, boolean splitsLiterals) throws IOException {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> {
          if (literal.quoted()) {
            fields.quoted(literal.text());
          } else if (splitsLiterals) {
            fields.split(literal.text());
          } else if (!literal.text().isEmpty()) {
            fields.literal(literal.text());
          }
        }
        case Part.Parameter parameter -> parameters.add(parameter, fields);
        case Part.Substitution substitution ->
            addValue(context.substitute(substitution.command()), substitution.quoted(), fields);
        case Part.Calculation calculation ->
            addValue(
                Long.toString(calculate(calculation.expression())), calculation.quoted(), fields);
        case Part.CommandFile process ->
            fields.quoted(context.process(process.command(), process.read()));
        case Part.ArrayLiteral array ->
            throw new ExpansionException("an array's values stand where a word is expected");
      }
    }
  }

  /** Adds an operator's argument in a parameter's place. */
  void addArgument(Word argument, boolean quoted, Fields fields) throws IOException {
    List<Part> parts = argument.parts();
    if (parts.isEmpty() && quoted) {
      fields.quoted("");
    }
    if (!quoted
        && !parts.isEmpty()
        && parts.getFirst() instanceof Part.Literal first
        && !first.quoted()
        && first.text().startsWith("~")) {
      String rest = tilde.expandFirst(first.text(), parts.size() == 1, false, fields);
      parts = new ArrayList<>(parts);
      parts.set(0, new Part.Literal(rest, false));
    }
    add(parts, fields, !quoted);
  }

  /** Adds a value, to be split unless it is quoted. */
  static void addValue(String value, boolean quoted, Fields fields) {
    if (quoted) {
      fields.quoted(value);
    } else {
      fields.split(value);
    }
  }
}
