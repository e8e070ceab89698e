package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A script's characters one by one, with what aliases put in between. */
final class Characters {

  static final int END = -1;

  private static final class Frame {
    private final String text;
    private final String alias;
    private int position;

    Frame(String text, String alias) {
      this.text = text;
      this.alias = alias;
    }
  }

  private final LineSource source;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final StringBuilder taken = new StringBuilder();
  private int line = 1;
  private boolean ended;

  Characters(LineSource source) {
    this.source = source;
  }

  /** The number of the line that is being read. */
  int line() {
    return line;
  }

  void setLine(int line) {
    this.line = line;
  }

  /** The next character as it stands there. */
  int raw() throws IOException {
    int c = peekRaw();
    if (c != END) {
      frames.peek().position++;
      taken.append((char) c);
      if (c == '\n') {
        line++;
      }
    }
    return c;
  }

  private int peekRaw() throws IOException {
    while (true) {
      Frame frame = frames.peek();
      if (frame != null && frame.position < frame.text.length()) {
        return frame.text.charAt(frame.position);
      }
      if (frame != null) {
        frames.pop();
      } else if (!fill()) {
        return END;
      }
    }
  }

  private boolean fill() throws IOException {
    Optional<String> next = ended ? Optional.empty() : source.next(!taken.isEmpty());
    ended = next.isEmpty();
    next.ifPresent(text -> frames.push(new Frame(text, "")));
    return !ended;
  }

  /** The character that {@link #next} would give. */
  int peek() throws IOException {
    while (peekRaw() == '\\' && lookahead(1) == '\n') {
      raw();
      raw();
    }
    return peekRaw();
  }

  /** The next character, lines that a backslash continues taken as one. */
  int next() throws IOException {
    peek();
    return raw();
  }

  /** Takes the next character if it is this one. */
  boolean accept(char c) throws IOException {
    if (peek() != c) {
      return false;
    }
    raw();
    return true;
  }

  /** Takes all up to the line's end, backslashes included. */
  void skipLine() throws IOException {
    for (int c = peekRaw(); c != '\n' && c != END; c = peekRaw()) {
      raw();
    }
  }

  /** A character further on; the end, if it is in another line. */
  int lookahead(int distance) {
    Frame frame = frames.peek();
    int at = frame == null ? 0 : frame.position + distance;
    return frame == null || at >= frame.text.length() ? END : frame.text.charAt(at);
  }

  /** Whether nothing but blanks is left of what was got from the source. */
  boolean isBlankToEnd() {
    return frames.stream().allMatch(frame -> frame.text.substring(frame.position).isBlank());
  }

  /** How many characters of the command were taken. */
  int position() {
    return taken.length();
  }

  /** What was taken from a position on. */
  String since(int start) {
    return taken.substring(start);
  }

  /** Goes back to a position. */
  void rewind(int start) {
    String again = taken.substring(start);
    line -= (int) again.chars().filter(c -> c == '\n').count();
    taken.setLength(start);
    frames.push(new Frame(again, ""));
  }

  /** Begins another command: what was taken before is forgotten. */
  void forget() {
    taken.setLength(0);
  }

  /** Puts an alias' text before what comes. */
  void insert(String text, String alias) {
    frames.push(new Frame(text, alias));
  }

  /** The aliases whose texts are being read. */
  Set<String> activeAliases() {
    if (frames.size() < 2) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (Frame frame : frames) {
      if (frame.position < frame.text.length()) {
        names.add(frame.alias);
      }
    }
    return names;
  }

  /** Drops the rest of what is there, after an error at a terminal. */
  void discard() {
    frames.clear();
    forget();
  }
}
