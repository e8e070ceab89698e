package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.kernel.Text;

/** The escapes of {@code awk}'s text. */
final class Escape {

  private static final String LETTERS = "abfnrtv\\/\"";
  private static final String CONTROLS = "\7\b\f\n\r\t\013\\/\"";

  private Escape() {}

  /** Text with its escapes resolved; one that is none keeps its backslash. */
  static String resolve(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char letter = text.charAt(++i);
      int index = LETTERS.indexOf(letter);
      if (index >= 0) {
        out.append(CONTROLS.charAt(index));
      } else if (letter >= '0' && letter <= '7') {
        int end = octalEnd(text, i);
        int value = Integer.parseInt(text.substring(i, end), 8) & 0xff;
        out.append(Text.decode(new byte[] {(byte) value}));
        i = end - 1;
      } else if (letter == 'x' && i + 1 < text.length() && isHex(text.charAt(i + 1))) {
        int end = i + 2 < text.length() && isHex(text.charAt(i + 2)) ? i + 3 : i + 2;
        int value = Integer.parseInt(text.substring(i + 1, end), 16);
        out.append(Text.decode(new byte[] {(byte) value}));
        i = end - 1;
      } else if (letter != '\n') {
        out.append('\\').append(letter);
      }
    }
    return out.toString();
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }

  /** A regular expression with those escapes resolved that it has not itself. */
  static String resolveInRegex(String regex) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c != '\\' || i + 1 == regex.length()) {
        out.append(c);
        continue;
      }
      char letter = regex.charAt(++i);
      int index = "afnrtv/\"".indexOf(letter);
      if (index >= 0) {
        out.append("\7\f\n\r\t\013/\"".charAt(index));
      } else {
        out.append('\\').append(letter);
      }
    }
    return out.toString();
  }

  private static int octalEnd(String text, int start) {
    int end = start;
    while (end < text.length()
        && end < start + 3
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '7') {
      end++;
    }
    return end;
  }
}
