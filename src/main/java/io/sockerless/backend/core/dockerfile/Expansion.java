package io.sockerless.backend.core.dockerfile;

import io.sockerless.backend.core.value.GoText;
import io.sockerless.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One reading of a text that may have quotes, escapes and variables.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#environment-replacement">Environment
 *     replacement</a>
 */
final class Expansion {

  private static final int MAX_DEPTH = 100;

  private final String text;
  private final char escape;
  private final Map<String, String> variables;
  private final boolean quotesAreText;
  private final Result result = new Result();
  private int position;
  private int depth;

  Expansion(String text, char escape, Map<String, String> variables, boolean quotesAreText) {
    this.text = text;
    this.escape = escape;
    this.variables = variables;
    this.quotesAreText = quotesAreText;
  }

  /** What came out: as one text, and as words. */
  static final class Result {
    private final StringBuilder whole = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private final List<String> words = new ArrayList<>();
    private boolean inWord;

    String text() {
      return whole.toString();
    }

    List<String> words() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
      return List.copyOf(words);
    }

    /** Adds text whose blanks end words. */
    private void add(String text) {
      whole.append(text);
      for (int i = 0; i < text.length(); i++) {
        if (!Character.isWhitespace(text.charAt(i))) {
          word.append(text.charAt(i));
          inWord = true;
        } else if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      }
    }

    /** Adds text that stays together. */
    private void addQuoted(String text) {
      whole.append(text);
      word.append(text);
      inWord = true;
    }
  }

  Result run() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (!quotesAreText && c == '\'') {
        result.addQuoted(singleQuoted());
      } else if (!quotesAreText && c == '"') {
        result.addQuoted(doubleQuoted());
      } else if (c == '$') {
        result.add(variable());
      } else if (c == escape && (!quotesAreText || isEscapedHere())) {
        position++;
        if (position < text.length()) {
          result.addQuoted(String.valueOf(text.charAt(position++)));
        }
      } else {
        result.add(String.valueOf(c));
        position++;
      }
    }
    return result;
  }

  /** In a text without quotes only a variable, or the escape itself, is protected. */
  private boolean isEscapedHere() {
    return position + 1 < text.length()
        && (text.charAt(position + 1) == '$' || text.charAt(position + 1) == escape);
  }

  private String singleQuoted() {
    int end = text.indexOf('\'', position + 1);
    if (end < 0) {
      throw error("unexpected end of statement while looking for matching single-quote");
    }
    String inside = text.substring(position + 1, end);
    position = end + 1;
    return inside;
  }

  private String doubleQuoted() {
    StringBuilder inside = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        return inside.toString();
      }
      if (c == '$') {
        inside.append(variable());
      } else if (c == escape && position + 1 < text.length()) {
        char protectedOne = text.charAt(position + 1);
        if (protectedOne != '"' && protectedOne != '$' && protectedOne != escape) {
          inside.append(c);
        }
        inside.append(protectedOne);
        position += 2;
      } else {
        inside.append(c);
        position++;
      }
    }
    throw error("unexpected end of statement while looking for matching double-quote");
  }

  private String variable() {
    position++;
    if (position < text.length() && text.charAt(position) == '{') {
      position++;
      return braced();
    }
    String name = name();
    return name.isEmpty() ? "$" : variables.getOrDefault(name, "");
  }

  /** A name, or one of the characters that a shell has variables for. */
  private String name() {
    int start = position;
    if (position < text.length() && isSpecial(text.charAt(position))) {
      return text.substring(start, ++position);
    }
    while (position < text.length() && isNamePart(text.charAt(position), position > start)) {
      position++;
    }
    return text.substring(start, position);
  }

  private static boolean isSpecial(char c) {
    return "@*#?-$!".indexOf(c) >= 0 || (c >= '0' && c <= '9');
  }

  private static boolean isNamePart(char c, boolean inside) {
    return c == '_' || Character.isLetter(c) || (inside && c >= '0' && c <= '9');
  }

  private String braced() {
    String name = name();
    if (name.isEmpty()) {
      throw error(
          position < text.length() && text.charAt(position) == '}'
              ? "syntax error: bad substitution"
              : "bad substitution");
    }
    if (position >= text.length()) {
      throw error("missing ':' in substitution");
    }
    char c = text.charAt(position++);
    return switch (c) {
      case '}' -> variables.getOrDefault(name, "");
      case ':' -> modified(name, true);
      case '-', '+', '?' -> {
        position--;
        yield modified(name, false);
      }
      case '#', '%' -> trimmed(name, c);
      case '/' -> replaced(name);
      default -> throw error("unsupported modifier (" + c + ") in substitution");
    };
  }

  /**
   * A default, an alternative or an error.
   *
   * @param emptyIsUnset whether the modifier had a colon
   */
  private String modified(String name, boolean emptyIsUnset) {
    if (position >= text.length()) {
      throw error("unexpected end of statement in substitution");
    }
    char modifier = text.charAt(position++);
    String word = argument("}", true);
    position++;
    String value = variables.getOrDefault(name, "");
    boolean set = variables.containsKey(name) && !(emptyIsUnset && value.isEmpty());
    return switch (modifier) {
      case '-' -> set ? value : word;
      case '+' -> set ? word : "";
      case '?' -> {
        if (!set) {
          throw error(name + ": " + (word.isEmpty() ? "is not allowed to be unset" : word));
        }
        yield value;
      }
      default -> throw error("unsupported modifier (:" + modifier + ") in substitution");
    };
  }

  private String trimmed(String name, char end) {
    boolean longest = position < text.length() && text.charAt(position) == end;
    position += longest ? 1 : 0;
    String pattern = argument("}", false);
    position++;
    String value = variables.getOrDefault(name, "");
    return end == '#'
        ? ShellPattern.withoutPrefix(value, pattern, longest)
        : ShellPattern.withoutSuffix(value, pattern, longest);
  }

  private String replaced(String name) {
    boolean all = position < text.length() && text.charAt(position) == '/';
    position += all ? 1 : 0;
    String pattern = argument("/}", false);
    String replacement = "";
    if (text.charAt(position) == '/') {
      position++;
      replacement = argument("}", true);
    }
    position++;
    return ShellPattern.replaced(variables.getOrDefault(name, ""), pattern, replacement, all);
  }

  /**
   * Reads up to one of some characters, at which it stops.
   *
   * @param plain whether escapes are taken out; a pattern needs them
   */
  private String argument(String ends, boolean plain) {
    if (++depth > MAX_DEPTH) {
      throw error("too many nested substitutions");
    }
    StringBuilder argument = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position);
      if (ends.indexOf(c) >= 0) {
        depth--;
        return argument.toString();
      }
      if (c == '\'' && !quotesAreText) {
        argument.append(singleQuoted());
      } else if (c == '"' && !quotesAreText) {
        argument.append(doubleQuoted());
      } else if (c == '$') {
        argument.append(variable());
      } else if (c == escape && position + 1 < text.length()) {
        argument.append(plain ? "" : "\\").append(text.charAt(position + 1));
        position += 2;
      } else {
        argument.append(c);
        position++;
      }
    }
    throw error("unexpected end of statement while looking for matching }");
  }

  private EngineException error(String what) {
    return new EngineException.InvalidParameter(
        "failed to process " + GoText.quoted(text) + ": " + what);
  }
}
