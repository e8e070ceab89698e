package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Collects what a word expands to, and splits into fields what is neither quoted nor written there.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_05">
 *     POSIX, Field Splitting</a>
 */
final class Fields {

  /**
   * A field.
   *
   * @param pattern the same with quoted characters escaped
   * @param magic whether an unquoted character makes it a pattern
   */
  record Field(String text, String pattern, boolean magic) {}

  private final boolean splitting;
  private final String separators;
  private final UnaryOperator<String> quoting;
  private final List<Field> fields = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder pattern = new StringBuilder();
  private boolean magic;
  private boolean bracketOpened;
  private boolean present;
  private boolean endedByBlank;

  /**
   * Nothing yet.
   *
   * @param splitting whether there is more than one field to be
   * @param separators the value of IFS
   */
  Fields(boolean splitting, String separators) {
    this(splitting, separators, Pattern::quote);
  }

  /**
   * The same.
   *
   * @param quoting writes quoted characters into a field's pattern
   */
  Fields(boolean splitting, String separators, UnaryOperator<String> quoting) {
    this.splitting = splitting;
    this.separators = separators;
    this.quoting = quoting;
  }

  boolean isSplitting() {
    return splitting;
  }

  /** What joins fields that are one between quotes. */
  String joint() {
    return separators.isEmpty() ? "" : separators.substring(0, separators.offsetByCodePoints(0, 1));
  }

  /** Characters that stand for themselves. */
  void quoted(String value) {
    begin();
    text.append(value);
    pattern.append(quoting.apply(value));
  }

  /** Characters that may be a pattern, and are not split. */
  void literal(String value) {
    begin();
    text.append(value);
    pattern.append(value);
    for (int i = 0; i < value.length() && !magic; i++) {
      char c = value.charAt(i);
      bracketOpened |= c == '[';
      boolean group = c == '(' && i > 0 && "+@!".indexOf(value.charAt(i - 1)) >= 0;
      magic = c == '*' || c == '?' || group || (c == ']' && bracketOpened);
    }
  }

  /** Characters that may be a pattern, and are split. */
  void split(String value) {
    if (!splitting || separators.isEmpty()) {
      if (!value.isEmpty()) {
        literal(value);
      }
      return;
    }
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (separators.indexOf(c) >= 0) {
        if (i > from) {
          literal(value.substring(from, i));
        }
        from = i + 1;
        separate(c == ' ' || c == '\t' || c == '\n');
      }
    }
    if (from < value.length()) {
      literal(value.substring(from));
    }
  }

  private void separate(boolean blank) {
    if (blank) {
      if (present) {
        end();
        endedByBlank = true;
      }
    } else if (present || !endedByBlank) {
      end();
    } else {
      endedByBlank = false;
    }
  }

  private void begin() {
    present = true;
    endedByBlank = false;
  }

  /** Ends a field between two positional parameters, if there is one. */
  void separateParameters() {
    if (present) {
      end();
    }
  }

  private void end() {
    fields.add(new Field(text.toString(), pattern.toString(), magic));
    text.setLength(0);
    pattern.setLength(0);
    magic = false;
    bracketOpened = false;
    present = false;
    endedByBlank = false;
  }

  /** All fields. */
  List<Field> finish() {
    if (present) {
      end();
    }
    return fields;
  }

  /** The only field, where nothing is split. */
  Field only() {
    return new Field(text.toString(), pattern.toString(), magic);
  }
}
