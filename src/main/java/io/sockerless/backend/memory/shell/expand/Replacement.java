package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Part.Operator;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Replaces what patterns match in the values of parameters. */
record Replacement(Context context, Expander expander) {

  private static final java.util.regex.Pattern ESCAPED = java.util.regex.Pattern.compile("[&\\\\]");

  /** A parameter's value with what the pattern matches replaced. */
  String replace(Part.Parameter parameter, String value) throws IOException {
    String written = expander.pattern(parameter.argument());
    Template text = template(parameter.second());
    if (written.isEmpty()) {
      return value;
    }
    boolean atStart = written.startsWith("#") && parameter.operator() == Operator.REPLACE_FIRST;
    boolean atEnd = written.startsWith("%") && parameter.operator() == Operator.REPLACE_FIRST;
    Pattern pattern = context.pattern(atStart || atEnd ? written.substring(1) : written);
    if (atStart) {
      int length = pattern.longestPrefix(value);
      return length < 0 ? value : text.of(value.substring(0, length)) + value.substring(length);
    }
    if (atEnd) {
      int length = pattern.longestSuffix(value);
      int start = value.length() - length;
      return length < 0 ? value : value.substring(0, start) + text.of(value.substring(start));
    }
    return replace(value, pattern, text, parameter.operator() == Operator.REPLACE_ALL);
  }

  /**
   * What stands in the place of a match.
   *
   * @param pieces of its text, between which the match itself is
   */
  private record Template(List<String> pieces) {

    String of(String match) {
      return String.join(match, pieces);
    }
  }

  /** In bash an ampersand stands for the match, unless it is quoted or behind a backslash. */
  private Template template(Word written) throws IOException {
    Fields.Field field = expander.escaped(written, ESCAPED);
    if (!context.isReplacingWithMatch()) {
      return new Template(List.of(field.text()));
    }
    String escaped = field.pattern();
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (int at = 0; at < escaped.length(); at++) {
      char c = escaped.charAt(at);
      boolean escapes = c == '\\' && at + 1 < escaped.length() && isEscaped(escaped.charAt(at + 1));
      if (c == '&') {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        at += escapes ? 1 : 0;
        piece.append(escaped.charAt(at));
      }
    }
    pieces.add(piece.toString());
    return new Template(pieces);
  }

  private static boolean isEscaped(char c) {
    return c == '&' || c == '\\';
  }

  private String replace(String value, Pattern pattern, Template text, boolean all) {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      context.task().checkpoint();
      int length = pattern.longestPrefix(value.substring(at));
      if (length > 0) {
        replaced.append(text.of(value.substring(at, at + length)));
        at += length;
        if (!all) {
          break;
        }
      } else {
        int size = Character.charCount(value.codePointAt(at));
        replaced.append(value, at, at + size);
        at += size;
      }
    }
    return replaced.append(value.substring(at)).toString();
  }
}
