package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The arguments that {@code xargs} reads, one after the other. */
final class XargsInput {

  /** How arguments are told apart. */
  enum Style {
    /** By blanks and newlines; quotes and backslashes keep them together. */
    WORDS,
    /** By newlines; quotes and backslashes are taken away, blanks in front too. */
    LINES,
    /** By a byte, and nothing else means anything. */
    SEPARATED
  }

  private static final int LONGEST = 1 << 20;

  private final Input input;
  private final Style style;
  private final int separator;
  private final Optional<String> end;
  private boolean ended;
  private boolean atLineEnd;

  XargsInput(Input input, Style style, int separator, Optional<String> end) {
    this.input = input;
    this.style = style;
    this.separator = separator;
    this.end = end;
  }

  /** Whether the last argument was the last of its line. */
  boolean isAtLineEnd() {
    return atLineEnd;
  }

  /** The next argument, if there is one. */
  Optional<String> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    Optional<String> word = style == Style.SEPARATED ? separated() : quoted();
    boolean isEnd = style == Style.WORDS && word.isPresent() && word.equals(end);
    ended = word.isEmpty() || isEnd;
    return isEnd ? Optional.empty() : word;
  }

  private Optional<String> separated() throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    int next = input.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != separator) {
      add(word, next);
      next = input.read();
    }
    atLineEnd = true;
    return Optional.of(Text.decode(word.toByteArray()));
  }

  private Optional<String> quoted() throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    int next = skipBlanks();
    boolean any = false;
    while (next >= 0 && !endsWord(next)) {
      any = true;
      switch (next) {
        case '\'', '"' -> quote(word, next);
        case '\\' -> {
          int escaped = input.read();
          add(word, Math.max(escaped, 0));
        }
        default -> add(word, next);
      }
      next = input.read();
    }
    atLineEnd = next != ' ' && next != '\t';
    return any ? Optional.of(Text.decode(word.toByteArray())) : Optional.empty();
  }

  private int skipBlanks() throws IOException {
    int next = input.read();
    while (next == ' ' || next == '\t' || next == '\n') {
      next = input.read();
    }
    return next;
  }

  private boolean endsWord(int c) {
    return c == '\n' || (style == Style.WORDS && (c == ' ' || c == '\t'));
  }

  private void quote(ByteArrayOutputStream word, int quote) throws IOException {
    int next = input.read();
    while (next != quote) {
      if (next < 0 || next == '\n') {
        throw new Failure("unmatched " + (quote == '"' ? "double" : "single") + " quote");
      }
      add(word, next);
      next = input.read();
    }
  }

  private static void add(ByteArrayOutputStream word, int c) throws Failure {
    if (word.size() >= LONGEST) {
      throw new Failure("argument line too long");
    }
    word.write(c);
  }
}
