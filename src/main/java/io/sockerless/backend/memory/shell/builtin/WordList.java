package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.syntax.Parser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text that is an argument: parted where {@code IFS} says, unless that is quoted,
 * and expanded.
 */
final class WordList {

  private final Invocation call;
  private final String text;
  private final String separators;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private int at;

  private WordList(Invocation call, String text) {
    this.call = call;
    this.text = text;
    this.separators = call.state().variables().get("IFS", " \t\n");
  }

  static List<String> split(Invocation call, String text) throws IOException {
    return new WordList(call, text).split();
  }

  private List<String> split() throws IOException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> add(at < text.length() ? text.substring(at, ++at) : "\\");
        case '\'' -> add(until('\''));
        case '"' -> add(expanded(until('"')));
        case '$', '`' -> fields(expanded(text.substring(at - 1, endOfExpansion(c))));
        default -> plain(c);
      }
    }
    end();
    return words;
  }

  private void add(String part) {
    word.append(part);
    begun = true;
  }

  private void plain(char c) {
    if (separators.indexOf(c) >= 0) {
      end();
    } else {
      add(Character.toString(c));
    }
  }

  /** What an expansion that is not quoted makes is parted too. */
  private void fields(String value) {
    value.chars().forEach(c -> plain((char) c));
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }

  private String until(char quote) {
    int start = at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    String inner = text.substring(start, Math.min(at, text.length()));
    at = Math.min(at + 1, text.length());
    return inner;
  }

  /** Moves behind the expansion that the last character began, and tells where that is. */
  private int endOfExpansion(char first) {
    if (first == '`') {
      int end = text.indexOf('`', at);
      at = end < 0 ? text.length() : end + 1;
      return at;
    }
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (next == '(' || next == '{') {
      char close = next == '(' ? ')' : '}';
      int depth = 0;
      do {
        char c = text.charAt(at++);
        depth += c == next ? 1 : c == close ? -1 : 0;
      } while (depth > 0 && at < text.length());
      return at;
    }
    int name = at;
    while (at < text.length() && Parser.isName(text.substring(name, at + 1))) {
      at++;
    }
    if (at == name && at < text.length() && separators.indexOf(next) < 0) {
      at++;
    }
    return at;
  }

  private String expanded(String part) throws IOException {
    return call.shell().expander().document(Parser.prompt(part, call.state().dialect()));
  }
}
