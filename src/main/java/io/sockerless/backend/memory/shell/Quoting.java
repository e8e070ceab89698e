package io.sockerless.backend.memory.shell;

/** Writes text so that a shell reads it as it is. */
public final class Quoting {

  private Quoting() {}

  /** In single quotes, always. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder();
    int at = 0;
    do {
      int end = text.indexOf('\'', at);
      quoted.append('\'').append(text, at, end < 0 ? text.length() : end).append('\'');
      at = end < 0 ? text.length() : end;
      int quotes = at;
      while (quotes < text.length() && text.charAt(quotes) == '\'') {
        quotes++;
      }
      if (quotes > at) {
        quoted.append('"').append(text, at, quotes).append('"');
      }
      at = quotes;
    } while (at < text.length());
    return quoted.toString();
  }

  /** In single quotes as bash has them, always. */
  static String quoteForBash(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** In single quotes where ash's trace has them: it leaves an empty text empty. */
  static String quoteIfNeeded(String text) {
    boolean plain =
        text.chars()
            .allMatch(
                c -> (c < 128 && Character.isLetterOrDigit(c)) || "_-+./:@,^]".indexOf(c) >= 0);
    return plain ? text : quote(text);
  }
}
