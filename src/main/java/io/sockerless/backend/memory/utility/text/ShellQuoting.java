package io.sockerless.backend.memory.utility.text;

/** Text as one word of a shell's command line. */
public final class ShellQuoting {

  private ShellQuoting() {}

  /** Quotes what needs it; the rest stays as it is. */
  static String quote(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    if (isHidden(text)) {
      return escaped(text);
    }
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x80 || Character.isLetterOrDigit(c) || "%+-./:=@_,".indexOf(c) >= 0;
      quoted.append(plain ? "" : "\\").append(c);
    }
    return quoted.toString();
  }

  /** Whether there are characters in it that nobody sees. */
  public static boolean isHidden(String text) {
    return text.chars().anyMatch(ShellQuoting::isHidden);
  }

  private static boolean isHidden(int c) {
    return c < ' ' || c == 127;
  }

  /** In quotes between which escapes mean characters. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder("$'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int letter = "\007\b\t\n\013\f\r\033\\'".indexOf(c);
      if (letter >= 0) {
        escaped.append('\\').append("abtnvfrE\\'".charAt(letter));
      } else if (isHidden(c)) {
        escaped.append("\\%03o".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.append('\'').toString();
  }
}
