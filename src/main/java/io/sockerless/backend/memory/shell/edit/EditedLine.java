package io.sockerless.backend.memory.shell.edit;

/** A line that is being typed, and where in it. */
final class EditedLine {

  private final StringBuilder text = new StringBuilder();
  private int cursor;

  String text() {
    return text.toString();
  }

  int cursor() {
    return cursor;
  }

  String beforeCursor() {
    return text.substring(0, cursor);
  }

  boolean isAtEnd() {
    return cursor == text.length();
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  void set(String value) {
    text.setLength(0);
    text.append(value);
    cursor = text.length();
  }

  void insert(String value) {
    text.insert(cursor, value);
    cursor += value.length();
  }

  void left() {
    cursor = previous();
  }

  void right() {
    cursor = next();
  }

  void home() {
    cursor = 0;
  }

  void end() {
    cursor = text.length();
  }

  void backspace() {
    int from = previous();
    text.delete(from, cursor);
    cursor = from;
  }

  void delete() {
    text.delete(cursor, next());
  }

  void deleteToEnd() {
    text.setLength(cursor);
  }

  void deleteToStart() {
    text.delete(0, cursor);
    cursor = 0;
  }

  void deleteWord() {
    int from = cursor;
    while (from > 0 && text.charAt(from - 1) == ' ') {
      from--;
    }
    while (from > 0 && text.charAt(from - 1) != ' ') {
      from--;
    }
    text.delete(from, cursor);
    cursor = from;
  }

  private int previous() {
    return cursor == 0 ? 0 : text.offsetByCodePoints(cursor, -1);
  }

  private int next() {
    return isAtEnd() ? cursor : text.offsetByCodePoints(cursor, 1);
  }
}
