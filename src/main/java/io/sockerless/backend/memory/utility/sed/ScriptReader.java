package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a script piece by piece, with the delimiters and escapes of {@code sed}. */
final class ScriptReader {

  private final String script;
  private int position;

  ScriptReader(String script) {
    this.script = script;
  }

  boolean atEnd() {
    return position >= script.length();
  }

  /** The next character, or a NUL at the end. */
  char peek() {
    return atEnd() ? '\0' : script.charAt(position);
  }

  char take() {
    char next = peek();
    position++;
    return next;
  }

  boolean skip(char expected) {
    if (atEnd() || peek() != expected) {
      return false;
    }
    position++;
    return true;
  }

  void skipBlanks() {
    while (!atEnd() && (peek() == ' ' || peek() == '\t')) {
      position++;
    }
  }

  void skipBlanksAndSeparators() {
    while (!atEnd() && (Character.isWhitespace(peek()) || peek() == ';')) {
      position++;
    }
  }

  /** Digits as a number; 0 if there are none. */
  long number() throws Failure {
    int start = position;
    while (!atEnd() && peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position - start > 18) {
      throw new Failure("invalid number '" + script.substring(start, position) + "'");
    }
    return start == position ? 0 : Long.parseLong(script.substring(start, position));
  }

  /** All up to the end of the line, which is taken. */
  String line() {
    int end = script.indexOf('\n', position);
    String line =
        end < 0
            ? script.substring(Math.min(position, script.length()))
            : script.substring(position, end);
    position = end < 0 ? script.length() : end + 1;
    return line;
  }

  /** A label: up to a blank, a semicolon, a brace or the end of the line. */
  String label() {
    skipBlanks();
    int start = Math.min(position, script.length());
    while (!atEnd() && ";} \t\n".indexOf(peek()) < 0) {
      position++;
    }
    return script.substring(start, Math.min(position, script.length())).strip();
  }

  /** The text of {@code a}, {@code i} or {@code c}, in either of its forms, with a newline. */
  byte[] text() throws Failure {
    skipBlanks();
    if (skip('\\')) {
      if (!skip('\n') && atEnd()) {
        throw new Failure("expected \\ after 'a', 'c' or 'i'");
      }
    } else if (atEnd() || peek() == '\n') {
      throw new Failure("expected \\ after 'a', 'c' or 'i'");
    }
    StringBuilder text = new StringBuilder();
    while (!atEnd()) {
      char next = take();
      if (next == '\n') {
        break;
      }
      text.append(next == '\\' && !atEnd() ? take() : next);
    }
    return Text.encode(text.append('\n').toString());
  }

  /**
   * A regular expression up to its delimiter, which is no delimiter within brackets or after a
   * backslash.
   */
  String regex(char delimiter) throws Failure {
    StringBuilder regex = new StringBuilder();
    while (!atEnd()) {
      char next = take();
      if (next == delimiter) {
        return regex.toString();
      }
      if (next == '[') {
        bracket(regex);
      } else if (next == '\\' && !atEnd()) {
        escape(regex, delimiter);
      } else {
        regex.append(next);
      }
    }
    throw new Failure("unmatched '" + delimiter + "'");
  }

  private void escape(StringBuilder regex, char delimiter) {
    char escaped = take();
    int control = "ntrfva".indexOf(escaped);
    if (escaped == delimiter && delimiter != '\\') {
      regex.append(escaped);
    } else if (control >= 0) {
      regex.append("\n\t\r\f\013\7".charAt(control));
    } else {
      regex.append('\\').append(escaped);
    }
  }

  /** A bracket expression; an escape stands for a control within it, as sed alone has it. */
  private void bracket(StringBuilder regex) {
    regex.append('[');
    if (skip('^')) {
      regex.append('^');
    }
    if (skip(']')) {
      regex.append(']');
    }
    while (!atEnd() && peek() != ']') {
      char next = take();
      if (next == '[' && (peek() == ':' || peek() == '.' || peek() == '=')) {
        String close = peek() + "]";
        int end = script.indexOf(close, position + 1);
        int stop = end < 0 ? position : end + 2;
        regex.append('[').append(script, position, stop);
        position = stop;
      } else if (next == '\\' && "nt".indexOf(peek()) >= 0) {
        regex.append(take() == 'n' ? '\n' : '\t');
      } else {
        regex.append(next);
      }
    }
    if (skip(']')) {
      regex.append(']');
    }
  }

  /** The parts of a replacement up to the delimiter. */
  List<Command.Part> replacement(char delimiter) throws Failure {
    List<Command.Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (!atEnd()) {
      char next = take();
      if (next == delimiter) {
        addText(parts, text);
        return parts;
      }
      if (next == '&') {
        addText(parts, text);
        parts.add(new Command.Part(new byte[0], 0));
      } else if (next == '\\' && !atEnd()) {
        escape(parts, text, take(), delimiter);
      } else {
        text.append(next);
      }
    }
    throw new Failure("unmatched '" + delimiter + "'");
  }

  private static void escape(
      List<Command.Part> parts, StringBuilder text, char escaped, char delimiter) {
    int control = "ntrfva".indexOf(escaped);
    if (escaped >= '0' && escaped <= '9' && escaped != delimiter) {
      addText(parts, text);
      parts.add(new Command.Part(new byte[0], escaped - '0'));
    } else if (control >= 0 && escaped != delimiter) {
      text.append("\n\t\r\f\013\7".charAt(control));
    } else {
      text.append(escaped);
    }
  }

  private static void addText(List<Command.Part> parts, StringBuilder text) {
    if (!text.isEmpty()) {
      parts.add(new Command.Part(Text.encode(text.toString()), -1));
      text.setLength(0);
    }
  }

  /** One of the strings of {@code y}, its escapes resolved, as characters. */
  int[] characters(char delimiter) throws Failure {
    StringBuilder text = new StringBuilder();
    while (!atEnd()) {
      char next = take();
      if (next == delimiter) {
        return text.toString().codePoints().toArray();
      }
      if (next != '\\' || atEnd()) {
        text.append(next);
        continue;
      }
      char escaped = take();
      int control = "ntr".indexOf(escaped);
      if (control >= 0) {
        text.append("\n\t\r".charAt(control));
      } else {
        text.append(escaped == delimiter || escaped == '\\' ? "" : "\\").append(escaped);
      }
    }
    throw new Failure("unmatched '" + delimiter + "'");
  }
}
