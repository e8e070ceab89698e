package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Part.Operator;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;

/** Replaces what patterns match in the values of parameters. */
record Replacement(Context context, Expander expander) {

  /** A parameter's value with what the pattern matches replaced. */
  String replace(Part.Parameter parameter, String value) throws IOException {
    String written = expander.pattern(parameter.argument());
    Word replacement = parameter.second();
    String text = expander.text(replacement);
    if (written.isEmpty()) {
      return value;
    }
    boolean atStart = written.startsWith("#") && parameter.operator() == Operator.REPLACE_FIRST;
    boolean atEnd = written.startsWith("%") && parameter.operator() == Operator.REPLACE_FIRST;
    Pattern pattern = context.pattern(atStart || atEnd ? written.substring(1) : written);
    if (atStart) {
      int length = pattern.longestPrefix(value);
      return length < 0 ? value : text + value.substring(length);
    }
    if (atEnd) {
      int length = pattern.longestSuffix(value);
      return length < 0 ? value : value.substring(0, value.length() - length) + text;
    }
    return replace(value, pattern, text, parameter.operator() == Operator.REPLACE_ALL);
  }

  private String replace(String value, Pattern pattern, String text, boolean all) {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      context.task().checkpoint();
      int length = pattern.longestPrefix(value.substring(at));
      if (length > 0) {
        replaced.append(text);
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
