package io.sockerless.backend.memory.utility.regex;

import io.sockerless.backend.memory.kernel.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a pattern of POSIX in the language of the matcher, which is Ruby's.
 *
 * <p>Every operator is written so that it cannot be read as another one of that language: what is
 * repeated twice gets a group, characters that mean something are escaped.
 */
final class Translator {

  private static final int MAX_REPEAT = 32_767;

  private final String pattern;
  private final boolean extended;
  private final boolean multiline;
  private final boolean bytes;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final Set<Integer> closed = new HashSet<>();
  private int position;
  private int groups;
  private boolean ambiguous;

  /** Where the last atom begins in the output; -1 if there is nothing to repeat. */
  private int atom = -1;

  private boolean atomIsGroup;
  private boolean repeated;

  private Translator(String pattern, Set<PosixRegex.Flag> flags, boolean bytes) {
    this.pattern = pattern;
    this.extended = flags.contains(PosixRegex.Flag.EXTENDED);
    this.multiline = flags.contains(PosixRegex.Flag.MULTILINE);
    this.bytes = bytes;
  }

  /**
   * Translates a pattern.
   *
   * @param bytes whether a character is a byte, and one beyond ASCII a row of them
   */
  static Translation translate(String pattern, Set<PosixRegex.Flag> flags, boolean bytes)
      throws InvalidRegexException {
    Translator translator = new Translator(pattern, flags, bytes);
    if (flags.contains(PosixRegex.Flag.LITERAL)) {
      pattern.codePoints().forEach(translator::literal);
    } else {
      translator.translate();
    }
    return translator.result();
  }

  private Translation result() {
    String text = out.toString();
    byte[] program = bytes ? text.getBytes(StandardCharsets.ISO_8859_1) : Text.encode(text);
    return new Translation(program, groups, ambiguous);
  }

  private void translate() throws InvalidRegexException {
    while (position < pattern.length()) {
      int character = pattern.codePointAt(position);
      position += Character.charCount(character);
      switch (character) {
        case '\\' -> escape();
        case '[' -> {
          begin();
          Bracket bracket = Bracket.parse(pattern, position);
          position = bracket.end();
          out.append(bytes ? bracket.bytePattern() : bracket.pattern());
        }
        case '.' -> {
          begin();
          out.append('.');
        }
        case '*' -> repeat("*", '*');
        case '^' -> caret();
        case '$' -> dollar();
        default -> {
          if (extended) {
            extendedOperator(character);
          } else {
            literal(character);
          }
        }
      }
    }
    if (!open.isEmpty()) {
      throw new InvalidRegexException("Unmatched ( or \\(");
    }
  }

  private void extendedOperator(int character) throws InvalidRegexException {
    switch (character) {
      case '(' -> openGroup();
      case ')' -> {
        if (open.isEmpty()) {
          literal(character);
        } else {
          closeGroup();
        }
      }
      case '|' -> alternative();
      case '+' -> repeat("+", character);
      case '?' -> repeat("?", character);
      case '{' -> interval("}");
      default -> literal(character);
    }
  }

  private void escape() throws InvalidRegexException {
    if (position == pattern.length()) {
      throw new InvalidRegexException("Trailing backslash");
    }
    int character = pattern.codePointAt(position);
    position += Character.charCount(character);
    if (!extended && basicOperator(character)) {
      return;
    }
    switch (character) {
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> backReference(character - '0');
      case '<' -> assertion("(?:\\b(?=\\w))");
      case '>' -> assertion("(?:\\b(?<=\\w))");
      case '`' -> assertion("\\A");
      case '\'' -> assertion("\\z");
      case 'b' -> assertion("\\b");
      case 'B' -> assertion("\\B");
      case 'w', 'W', 's', 'S' -> {
        begin();
        out.append('\\').appendCodePoint(character);
      }
      default -> literal(character);
    }
  }

  private boolean basicOperator(int character) throws InvalidRegexException {
    switch (character) {
      case '(' -> openGroup();
      case ')' -> {
        if (open.isEmpty()) {
          throw new InvalidRegexException("Unmatched ) or \\)");
        }
        closeGroup();
      }
      case '|' -> alternative();
      case '+' -> repeat("+", character);
      case '?' -> repeat("?", character);
      case '{' -> interval("\\}");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void begin() {
    atom = out.length();
    atomIsGroup = false;
    repeated = false;
  }

  private void literal(int character) {
    begin();
    if (character < 0x80) {
      if (!Character.isLetterOrDigit(character) && character > ' ') {
        out.append('\\');
      }
      out.append((char) character);
      return;
    }
    byte[] encoded = Text.encode(Character.toString(character));
    if (!bytes && encoded.length > 1) {
      out.appendCodePoint(character);
    } else {
      out.append("(?:").append(new String(encoded, StandardCharsets.ISO_8859_1)).append(')');
    }
  }

  /** What matches no character; a star after it has nothing to repeat. */
  private void assertion(String text) {
    out.append(text);
    atom = -1;
  }

  private void openGroup() {
    groups++;
    open.push(groups);
    open.push(out.length());
    out.append('(');
    atom = -1;
  }

  private void closeGroup() {
    int start = open.pop();
    closed.add(open.pop());
    out.append(')');
    atom = start;
    atomIsGroup = true;
    repeated = false;
  }

  private void alternative() {
    ambiguous = true;
    out.append('|');
    atom = -1;
  }

  private void backReference(int group) throws InvalidRegexException {
    if (!closed.contains(group)) {
      throw new InvalidRegexException("Invalid back reference");
    }
    begin();
    out.append("(?:\\").append(group).append(')');
    atomIsGroup = true;
  }

  private void repeat(String operator, int character) {
    if (atom < 0) {
      if (!extended) {
        literal(character);
      }
      return;
    }
    if (repeated) {
      out.insert(atom, "(?:").append(')');
    }
    out.append(operator);
    ambiguous |= atomIsGroup;
    repeated = true;
  }

  private void interval(String close) throws InvalidRegexException {
    int end = pattern.indexOf(close, position);
    String content = end < 0 ? "" : pattern.substring(position, end);
    if (atom < 0 || !content.matches("[0-9]*(,[0-9]*)?") || content.isEmpty()) {
      if (!extended && atom >= 0) {
        throw new InvalidRegexException(end < 0 ? "Unmatched \\{" : "Invalid content of \\{\\}");
      }
      literal('{');
      return;
    }
    position = end + close.length();
    int comma = content.indexOf(',');
    int least = number(comma < 0 ? content : content.substring(0, comma), 0);
    int most = comma < 0 ? least : number(content.substring(comma + 1), Integer.MAX_VALUE);
    if (least > most) {
      throw new InvalidRegexException("Invalid content of \\{\\}");
    }
    repeat(
        "{" + least + (comma < 0 ? "" : most == Integer.MAX_VALUE ? "," : "," + most) + "}", '{');
  }

  private static int number(String digits, int otherwise) throws InvalidRegexException {
    if (digits.isEmpty()) {
      return otherwise;
    }
    if (digits.length() > 5 || Integer.parseInt(digits) > MAX_REPEAT) {
      throw new InvalidRegexException("Regular expression too big");
    }
    return Integer.parseInt(digits);
  }

  private void caret() {
    String before = pattern.substring(0, position - 1);
    boolean first =
        before.isEmpty()
            || before.endsWith("\\(")
            || before.endsWith("\\|")
            || before.endsWith("\n");
    if (extended || first) {
      assertion(multiline ? "^" : "\\A");
    } else {
      literal('^');
    }
  }

  private void dollar() {
    String after = pattern.substring(position);
    boolean last = after.isEmpty() || after.startsWith("\\)") || after.startsWith("\\|");
    if (extended || last) {
      assertion(multiline ? "$" : "\\z");
    } else {
      literal('$');
    }
  }
}
