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
