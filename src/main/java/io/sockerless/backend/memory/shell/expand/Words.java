package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.utility.text.ShellQuoting;

/** Texts as bash writes them to be read again. */
public final class Words {

  private Words() {}

  /** In single quotes, or with escapes if there are characters that nobody sees. */
  public static String quote(String text) {
    return ShellQuoting.isHidden(text)
        ? ShellQuoting.escaped(text)
        : "'" + text.replace("'", "'\\''") + "'";
  }

  /** In double quotes, as {@code declare -p} has it. */
  public static String doubleQuote(String text) {
    if (ShellQuoting.isHidden(text)) {
      return ShellQuoting.escaped(text);
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append("\"\\$`".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return quoted.append('"').toString();
  }

  /** With escapes replaced, as between {@code $'} and its quote. */
  static String unescape(String text) {
    return Parser.unescape(text);
  }
}
