package io.sockerless.backend.memory.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/** Puts a word together, neighbouring characters of one kind in one part. */
final class PartCollector {

  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean textQuoted;

  void add(int c, boolean quoted) {
    if (quoted != textQuoted) {
      flush();
      textQuoted = quoted;
    }
    text.append((char) c);
  }

  void add(Part part) {
    flush();
    parts.add(part);
  }

  boolean isEmpty() {
    return parts.isEmpty() && text.isEmpty();
  }

  /** Whether all that there is is a name and a sign that a value is to follow. */
  boolean isAssignment() {
    int length = text.length();
    if (!parts.isEmpty() || textQuoted || length < 2 || text.charAt(length - 1) != '=') {
      return false;
    }
    boolean appends = text.charAt(length - 2) == '+';
    return SimpleCommandParser.isName(text.substring(0, length - (appends ? 2 : 1)));
  }

  private void flush() {
    if (!text.isEmpty()) {
      parts.add(new Part.Literal(text.toString(), textQuoted));
      text.setLength(0);
    }
  }

  Word word() {
    flush();
    return new Word(parts);
  }
}
