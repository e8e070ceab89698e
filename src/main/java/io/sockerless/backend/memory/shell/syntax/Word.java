package io.sockerless.backend.memory.shell.syntax;

import java.util.List;

/** A word as it was written: what is to be expanded, part by part. */
public record Word(List<Part> parts) {

  /** A word without any part. */
  public static final Word EMPTY = new Word(List.of());

  /** Copies the list. */
  public Word {
    parts = List.copyOf(parts);
  }

  /** The text of a word that is nothing but unquoted characters; empty for any other. */
  public String plain() {
    return parts.size() == 1
            && parts.getFirst() instanceof Part.Literal literal
            && !literal.quoted()
        ? literal.text()
        : "";
  }

  /** The characters alone, without quotes: a here-document's delimiter. */
  public String literal() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> text.append(literal.text());
        case Part.Parameter parameter -> text.append('$').append(parameter.name());
        case Part.Substitution substitution -> text.append("$()");
        case Part.Calculation calculation -> text.append("$(())");
        case Part.ArrayLiteral array -> text.append("()");
        case Part.CommandFile process -> text.append("<()");
      }
    }
    return text.toString();
  }

  /** Whether a character of it was quoted. */
  public boolean isQuoted() {
    return parts.stream().anyMatch(part -> part instanceof Part.Literal it && it.quoted());
  }
}
