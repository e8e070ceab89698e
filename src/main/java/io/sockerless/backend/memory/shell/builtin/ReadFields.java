package io.sockerless.backend.memory.shell.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A line that was read, with the characters that a backslash protected; they separate nothing. */
record ReadFields(String text, BitSet escaped) {

  static ReadFields of(String line, boolean raw) {
    String clean = line.replace("\0", "");
    if (raw || clean.indexOf('\\') < 0) {
      return new ReadFields(clean, new BitSet());
    }
    StringBuilder text = new StringBuilder();
    BitSet escaped = new BitSet();
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else if (i + 1 < clean.length()) {
        i++;
        if (clean.charAt(i) != '\n') {
          escaped.set(text.length());
          text.append(clean.charAt(i));
        }
      }
    }
    return new ReadFields(text.toString(), escaped);
  }

  private boolean separates(int at, String separators) {
    return at < text.length() && !escaped.get(at) && separators.indexOf(text.charAt(at)) >= 0;
  }

  private boolean isBlank(int at, String separators) {
    return separates(at, separators) && " \t\n".indexOf(text.charAt(at)) >= 0;
  }

  /** So many fields; the last one is all that is left. */
  List<String> split(String separators, int count) {
    List<String> fields = new ArrayList<>();
    int at = skipBlanks(0, separators);
    while (fields.size() < count - 1) {
      int end = at;
      while (end < text.length() && !separates(end, separators)) {
        end++;
      }
      fields.add(text.substring(at, end));
      at = skipBlanks(end, separators);
      if (separates(at, separators) && (at > end || !isBlank(end, separators))) {
        at = skipBlanks(at + 1, separators);
      }
    }
    fields.add(rest(at, separators));
    return fields;
  }

  /** As many fields as there are. */
  List<String> splitAll(String separators) {
    List<String> fields = new ArrayList<>();
    int at = skipBlanks(0, separators);
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !separates(end, separators)) {
        end++;
      }
      fields.add(text.substring(at, end));
      at = skipBlanks(end, separators);
      if (separates(at, separators) && (at > end || !isBlank(end, separators))) {
        at = skipBlanks(at + 1, separators);
      }
    }
    return fields;
  }

  private int skipBlanks(int from, String separators) {
    int at = from;
    while (isBlank(at, separators)) {
      at++;
    }
    return at;
  }

  private String rest(int from, String separators) {
    int end = trimBlanks(from, text.length(), separators);
    boolean endsInSeparator =
        end > from && separates(end - 1, separators) && !isBlank(end - 1, separators);
    if (endsInSeparator) {
      boolean only = true;
      for (int i = from; i < end - 1; i++) {
        only &= !separates(i, separators) || isBlank(i, separators);
      }
      int inner = trimBlanks(from, end - 1, separators);
      boolean single = only && noSeparatorWithin(from, inner, separators);
      end = single ? inner : end;
    }
    return text.substring(from, Math.max(from, end));
  }

  private boolean noSeparatorWithin(int from, int to, String separators) {
    for (int i = from; i < to; i++) {
      if (separates(i, separators)) {
        return false;
      }
    }
    return true;
  }

  private int trimBlanks(int from, int to, String separators) {
    int end = to;
    while (end > from && isBlank(end - 1, separators)) {
      end--;
    }
    return end;
  }
}
