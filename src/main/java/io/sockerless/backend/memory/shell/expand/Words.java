package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.Parser;

/** Texts as bash writes them to be read again. */
public final class Words {

  private Words() {}

  /** In single quotes, or with escapes if there are characters that nobody sees. */
  public static String quote(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 127)
        ? "$'" + escape(text, "'") + "'"
        : "'" + text.replace("'", "'\\''") + "'";
  }

  /** In double quotes, as {@code declare -p} has it. */
  public static String doubleQuote(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
      return "$'" + escape(text, "'") + "'";
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append("\"\\$`".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return quoted.append('"').toString();
  }

  private static String escape(String text, String also) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        case '\r' -> escaped.append("\\r");
        case '\\' -> escaped.append("\\\\");
        default -> {
          boolean hidden = c < ' ' || c == 127;
          escaped.append(
              hidden ? "\\%03o".formatted((int) c) : (also.indexOf(c) >= 0 ? "\\" : "") + c);
        }
      }
    }
    return escaped.toString();
  }

  /** With escapes replaced, as between {@code $'} and its quote. */
  static String unescape(String text) {
    return Parser.unescape(text);
  }
}
