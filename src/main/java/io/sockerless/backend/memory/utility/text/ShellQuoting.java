package io.sockerless.backend.memory.utility.text;

/** Text as one word of a shell's command line. */
final class ShellQuoting {

  private ShellQuoting() {}

  /** Quotes what needs it; the rest stays as it is. */
  static String quote(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x80 || Character.isLetterOrDigit(c) || "%+-./:=@_,".indexOf(c) >= 0;
      if (c == '\n') {
        quoted.append("$'\\n'");
      } else {
        quoted.append(plain ? "" : "\\").append(c);
      }
    }
    return quoted.toString();
  }
}
