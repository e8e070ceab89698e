package io.sockerless.backend.memory.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the assignment in a word: a name, maybe a subscript, the sign, and the value. */
final class AssignmentReader {

  private final List<Part> parts;
  private final Dialect dialect;
  private int part;
  private int at;

  private AssignmentReader(Word word, Dialect dialect) {
    this.parts = word.parts();
    this.dialect = dialect;
  }

  /** The assignment that a word is, if it is one. */
  static Optional<Command.Assignment> assignment(Word word, Dialect dialect) {
    AssignmentReader reader = new AssignmentReader(word, dialect);
    String text = reader.text();
    while (reader.at < text.length() && isNamePart(text.charAt(reader.at), reader.at > 0)) {
      reader.at++;
    }
    return reader.at == 0 ? Optional.empty() : reader.rest(text.substring(0, reader.at));
  }

  /** The assignment that an element of an array's list is: one without a name. */
  static Command.Assignment element(Word word) {
    AssignmentReader reader = new AssignmentReader(word, Dialect.BASH);
    Optional<Command.Assignment> assignment =
        reader.text().startsWith("[") ? reader.rest("") : Optional.empty();
    return assignment.orElse(new Command.Assignment("", Optional.empty(), false, word));
  }

  private static boolean isNamePart(char c, boolean digits) {
    return DollarReader.isNameStart(c) || (digits && c >= '0' && c <= '9');
  }

  /** The unquoted text of the part that it stands in. */
  private String text() {
    return part < parts.size()
            && parts.get(part) instanceof Part.Literal literal
            && !literal.quoted()
        ? literal.text()
        : "";
  }

  private Optional<Command.Assignment> rest(String name) {
    Optional<Word> subscript = Optional.empty();
    if (dialect == Dialect.BASH && text().startsWith("[", at)) {
      subscript = subscript();
      if (subscript.isEmpty()) {
        return Optional.empty();
      }
    }
    boolean append = dialect == Dialect.BASH && text().startsWith("+=", at);
    if (!append && !text().startsWith("=", at)) {
      return Optional.empty();
    }
    at += append ? 2 : 1;
    return Optional.of(new Command.Assignment(name, subscript, append, valueFromHere()));
  }

  private Word valueFromHere() {
    List<Part> value = new ArrayList<>(parts.subList(part, parts.size()));
    value.removeFirst();
    String rest = text().substring(at);
    if (!rest.isEmpty()) {
      value.addFirst(new Part.Literal(rest, false));
    }
    return new Word(value);
  }

  /** What stands between brackets; goes past the closing one. */
  private Optional<Word> subscript() {
    at++;
    List<Part> inside = new ArrayList<>();
    int depth = 0;
    for (; part < parts.size(); part++, at = 0) {
      String text = text();
      for (int end = at; end < text.length(); end++) {
        depth += text.charAt(end) == '[' ? 1 : 0;
        if (text.charAt(end) == ']' && depth-- == 0) {
          addLiteral(inside, text.substring(at, end));
          at = end + 1;
          return Optional.of(new Word(inside));
        }
      }
      if (text.isEmpty()) {
        inside.add(parts.get(part));
      } else {
        addLiteral(inside, text.substring(at));
      }
    }
    return Optional.empty();
  }

  private static void addLiteral(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Part.Literal(text, false));
    }
  }
}
