package io.sockerless.engine;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what is wrong with a document in the words of Go's scanner, which are dockerd's: clients
 * show them, and their tests look for them. Only what a parser has refused is read here.
 *
 * @see <a href="https://pkg.go.dev/encoding/json#SyntaxError">encoding/json</a>
 */
public final class JsonSyntax {

  private static final int MAX_DEPTH = 1000;
  private static final int END = -1;

  private final byte[] bytes;
  private int at;

  private JsonSyntax(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What breaks the grammar in Go's words, where one and no more than one value may stand. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String problem) {
      super(problem, null, false, false);
    }
  }

  /** The first thing that is wrong; none if this scanner finds nothing. */
  static Optional<String> problem(byte[] bytes) {
    JsonSyntax scanner = new JsonSyntax(bytes);
    try {
      scanner.value(0);
      return scanner.next() == END
          ? Optional.empty()
          : Optional.of("unexpected content after JSON");
    } catch (Broken e) {
      return Optional.of("invalid JSON: " + e.getMessage());
    }
  }

  /**
   * Why a document that came whole is none, where dockerd says so of another server's answer: Go
   * has other words for an end in a document's midst there, and for what follows it. None if
   * nothing is wrong with it.
   */
  public static Optional<String> problemOfWhole(byte[] bytes) {
    JsonSyntax scanner = new JsonSyntax(bytes);
    try {
      scanner.value(0);
      if (scanner.next() == END) {
        return Optional.empty();
      }
      throw scanner.unexpected("after top-level value");
    } catch (Broken e) {
      return Optional.of(
          scanner.peek() == END ? "unexpected end of JSON input" : String.valueOf(e.getMessage()));
    }
  }

  private void value(int depth) throws Broken {
    if (depth > MAX_DEPTH) {
      throw new Broken("exceeded max depth");
    }
    switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected("looking for beginning of value");
    }
  }

  private void object(int depth) throws Broken {
    at++;
    if (accepts('}')) {
      return;
    }
    do {
      if (next() != '"') {
        throw unexpected("looking for beginning of object key string");
      }
      string();
      if (!accepts(':')) {
        throw unexpected("after object key");
      }
      value(depth + 1);
    } while (accepts(','));
    if (!accepts('}')) {
      throw unexpected("after object key:value pair");
    }
  }

  private void array(int depth) throws Broken {
    at++;
    if (accepts(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (accepts(','));
    if (!accepts(']')) {
      throw unexpected("after array element");
    }
  }

  private void string() throws Broken {
    at++;
    while (peek() != '"') {
      if (peek() < ' ') {
        throw unexpected("in string literal");
      }
      if (peek() == '\\') {
        escape();
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() throws Broken {
    at++;
    if (peek() == 'u') {
      at++;
      for (int i = 0; i < 4; i++, at++) {
        if (Character.digit(peek(), 16) < 0) {
          throw unexpected("in \\u hexadecimal character escape");
        }
      }
    } else if (peek() == END || "bfnrt\\/\"".indexOf(peek()) < 0) {
      throw unexpected("in string escape code");
    } else {
      at++;
    }
  }

  private void literal(String word) throws Broken {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number() throws Broken {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits("in numeric literal");
    }
    if (peek() == '.') {
      at++;
      digits("after decimal point in numeric literal");
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits("in exponent of numeric literal");
    }
  }

  private void digits(String where) throws Broken {
    if (!isDigit()) {
      throw unexpected(where);
    }
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return peek() >= '0' && peek() <= '9';
  }

  private boolean accepts(char wanted) {
    if (next() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** The next byte that is no white space, which is left unread. */
  private int next() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
      at++;
    }
    return peek();
  }

  private int peek() {
    return at < bytes.length ? bytes[at] & 0xff : END;
  }

  private Broken unexpected(String where) {
    return peek() == END
        ? new Broken("unexpected EOF")
        : new Broken("invalid character " + quoted(bytes[at]) + " " + where);
  }

  /** One byte as Go quotes it, which takes it for a character of Latin-1. */
  private static String quoted(byte character) {
    return switch (character) {
      case '\'' -> "'\\''";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case '\b' -> "'\\b'";
      case '\f' -> "'\\f'";
      case 7 -> "'\\a'";
      case 11 -> "'\\v'";
      default -> {
        String text = new String(new byte[] {character}, StandardCharsets.ISO_8859_1);
        int code = text.charAt(0);
        boolean control = code < 0x20 || code == 0x7f;
        boolean invisible = (code >= 0x80 && code <= 0xa0) || code == 0xad;
        yield "'"
            + (control
                ? String.format(Locale.ROOT, "\\x%02x", code)
                : invisible ? String.format(Locale.ROOT, "\\u%04x", code) : text)
            + "'";
      }
    };
  }
}
