package io.sockerless.agent.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The head of an HTTP/1.1 message, by a strict grammar: nothing is guessed that another reader of
 * the same bytes could guess otherwise.
 *
 * @param start its first line
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-2.2">RFC 9112, 2.2</a>
 */
record Head(String start, Fields fields) {

  /** All of a head, in bytes. */
  static final int MAX_BYTES = 16 * 1024;

  /** The fields of a head. */
  static final int MAX_FIELDS = 100;

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final int DELETE = 0x7f;

  /** A head that is none, or is too large; the status tells the client which. */
  static final class Malformed extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Malformed(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Reads up to the blank line that ends it, and nothing more.
   *
   * @throws EOFException if the stream ends before
   */
  static Head read(InputStream input) throws IOException {
    Lines lines = new Lines(input);
    String start = lines.next();
    Fields fields = new Fields();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      if (fields.count() == MAX_FIELDS) {
        throw new Malformed(431, "a head of more than " + MAX_FIELDS + " fields");
      }
      int colon = line.indexOf(':');
      if (!isToken(line, Math.max(colon, 0))) {
        throw new Malformed(400, "a field without a proper name");
      }
      fields.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Head(start, fields);
  }

  /** Whether so many characters make a method, or a field's name. */
  static boolean isToken(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!word && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return length > 0;
  }

  /** Whether a text can stand in a line: it has no control characters but tabs. */
  static boolean isLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE) {
        return false;
      }
    }
    return true;
  }

  /** The lines of a head, counted. */
  private static final class Lines {

    private final InputStream input;
    private int count;

    Lines(InputStream input) {
      this.input = input;
    }

    String next() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int c = read();
        if (c == '\r') {
          if (read() != '\n') {
            throw new Malformed(400, "a carriage return without a line feed");
          }
          break;
        }
        line.append((char) c);
      }
      String text = line.toString();
      if (!isLine(text)) {
        throw new Malformed(400, "a control character in the head");
      }
      return text;
    }

    private int read() throws IOException {
      int c = input.read();
      if (c < 0) {
        throw new EOFException("the connection ended in a head");
      }
      if (++count > MAX_BYTES) {
        throw new Malformed(431, "a head of more than " + MAX_BYTES + " bytes");
      }
      return c;
    }
  }
}
