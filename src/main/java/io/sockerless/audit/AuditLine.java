package io.sockerless.audit;

import java.util.Collection;

/**
 * Writes the JSON object of a line, its fields in the order in which they are added. There is one
 * for each request, thousands in a second, so it is written down at once: to build a document first
 * would cost a fast request a tenth of its time.
 */
final class AuditLine {

  /** What nearly every line has room in. */
  private static final int USUAL = 400;

  private static final String DIGITS = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(USUAL).append('{');

  AuditLine add(String name, String value) {
    field(name);
    quoted(value);
    return this;
  }

  AuditLine add(String name, long value) {
    field(name);
    text.append(value);
    return this;
  }

  /** Adds a list of texts. */
  AuditLine add(String name, Collection<String> values) {
    field(name);
    text.append('[');
    for (String value : values) {
      separate('[');
      quoted(value);
    }
    text.append(']');
    return this;
  }

  /** Adds another object. */
  AuditLine add(String name, AuditLine object) {
    field(name);
    text.append(object);
    return this;
  }

  private void field(String name) {
    separate('{');
    quoted(name);
    text.append(':');
  }

  /** A comma, but behind what has just been opened. */
  private void separate(char opening) {
    if (text.charAt(text.length() - 1) != opening) {
      text.append(',');
    }
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u00").append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xf));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** The whole object. */
  @Override
  public String toString() {
    return text + "}";
  }
}
