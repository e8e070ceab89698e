package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import io.sockerless.backend.memory.utility.regex.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record and its fields; either is made from the other only when it is asked for. */
final class Fields {

  private static final int MOST = 1_000_000;

  private final Globals globals;
  private final Regexes regexes;
  private final List<Value> fields = new ArrayList<>();
  private Value record = Value.UNSET;
  private boolean splitDone = true;
  private boolean recordDone = true;

  Fields(Globals globals, Regexes regexes) {
    this.globals = globals;
    this.regexes = regexes;
  }

  void setRecord(String text) {
    record = Value.input(text);
    recordDone = true;
    splitDone = false;
  }

  int count() throws Failure {
    split();
    return fields.size();
  }

  Value get(int number) throws Failure {
    if (number == 0) {
      return record();
    }
    split();
    return number <= fields.size() ? fields.get(number - 1) : Value.UNSET;
  }

  private Value record() throws Failure {
    if (!recordDone) {
      String separator = globals.text(Globals.OFS);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : separator).append(fields.get(i).toText("%.6g"));
      }
      record = Value.input(text.toString());
      recordDone = true;
    }
    return record;
  }

  void set(int number, Value value, String text) throws Failure {
    if (number == 0) {
      setRecord(text);
      return;
    }
    setCount(Math.max(count(), number));
    fields.set(number - 1, value);
    recordDone = false;
  }

  void setCount(int count) throws Failure {
    split();
    if (count < 0 || count > MOST) {
      throw new Failure(1, "Access to negative field");
    }
    while (fields.size() > count) {
      fields.removeLast();
    }
    while (fields.size() < count) {
      fields.add(Value.input(""));
    }
    recordDone = false;
  }

  private void split() throws Failure {
    if (!splitDone) {
      splitDone = true;
      fields.clear();
      boolean paragraphs = globals.text(Globals.RS).isEmpty();
      for (String field : split(record.toText("%.6g"), globals.text(Globals.FS), paragraphs)) {
        fields.add(Value.input(field));
      }
    }
  }

  /** Text in pieces: by blanks, by one character, or by a regular expression. */
  List<String> split(String text, String separator, boolean newlines) throws Failure {
    if (text.isEmpty()) {
      return List.of();
    }
    if (separator.equals(" ")) {
      return byBlanks(text);
    }
    if (separator.isEmpty()) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    if (separator.length() == 1 && !newlines && separator.charAt(0) != '\\') {
      return byCharacter(text, separator.charAt(0));
    }
    String literal = separator.length() == 1 ? "[" + separator + "]" : separator;
    return byRegex(text, regexes.of(newlines ? literal + "|\n" : literal));
  }

  private static List<String> byBlanks(String text) {
    List<String> pieces = new ArrayList<>();
    int i = 0;
    while (true) {
      while (i < text.length() && isBlank(text.charAt(i))) {
        i++;
      }
      if (i == text.length()) {
        return pieces;
      }
      int start = i;
      while (i < text.length() && !isBlank(text.charAt(i))) {
        i++;
      }
      pieces.add(text.substring(start, i));
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  private static List<String> byCharacter(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      pieces.add(text.substring(start, end));
      start = end + 1;
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  List<String> byRegex(String text, PosixRegex regex) {
    List<String> pieces = new ArrayList<>();
    Subject subject = Subject.of(text);
    int start = 0;
    int from = 0;
    while (from <= text.length()) {
      Optional<Match> match = regex.find(subject, from);
      if (match.isEmpty()) {
        break;
      }
      if (match.get().end() == match.get().start()) {
        from = match.get().end() + 1;
        continue;
      }
      pieces.add(text.substring(start, match.get().start()));
      start = match.get().end();
      from = start;
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
