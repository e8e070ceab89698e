package io.sockerless.backend.memory.shell;

/** Extended regular expressions of POSIX, as Java writes them. */
final class RegularExpressions {

  private RegularExpressions() {}

  /** Brackets differ: a backslash is a character there, and classes have other names. */
  static String toJava(String expression) {
    StringBuilder java = new StringBuilder();
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        char next = expression.charAt(i + 1);
        java.append(Character.isLetterOrDigit(next) ? "" : "\\").append(next);
        i += 2;
      } else if (c == '[') {
        i = bracket(expression, i, java);
      } else {
        java.append(c);
        i++;
      }
    }
    return java.toString();
  }

  private static int bracket(String expression, int start, StringBuilder java) {
    int i = start + 1;
    java.append('[');
    if (i < expression.length() && expression.charAt(i) == '^') {
      java.append('^');
      i++;
    }
    boolean first = true;
    while (i < expression.length() && (first || expression.charAt(i) != ']')) {
      first = false;
      int close = expression.startsWith("[:", i) ? expression.indexOf(":]", i) : -1;
      if (close > 0) {
        java.append(posixClass(expression.substring(i + 2, close)));
        i = close + 2;
      } else {
        char c = expression.charAt(i);
        java.append("[]\\^&".indexOf(c) >= 0 ? "\\" : "").append(c);
        i++;
      }
    }
    java.append(']');
    return i + 1;
  }

  private static String posixClass(String name) {
    return switch (name) {
      case "alpha" -> "\\p{Alpha}";
      case "digit" -> "\\p{Digit}";
      case "alnum" -> "\\p{Alnum}";
      case "upper" -> "\\p{Upper}";
      case "lower" -> "\\p{Lower}";
      case "space" -> "\\s";
      case "blank" -> "\\p{Blank}";
      case "punct" -> "\\p{Punct}";
      case "print" -> "\\p{Print}";
      case "graph" -> "\\p{Graph}";
      case "cntrl" -> "\\p{Cntrl}";
      case "xdigit" -> "\\p{XDigit}";
      default -> "";
    };
  }
}
