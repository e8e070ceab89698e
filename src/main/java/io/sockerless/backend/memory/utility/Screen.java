package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import java.util.Optional;

/** What a utility may assume of the terminal that it prints to. */
public final class Screen {

  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  private Screen() {}

  /** The terminal behind a descriptor, if there is one. */
  public static Optional<Terminal> of(Task task, int descriptor) {
    Optional<OpenFile> file = task.descriptors().find(descriptor);
    return file.filter(Terminal.Line.class::isInstance).map(it -> ((Terminal.Line) it).terminal());
  }

  /** Whether a descriptor is a terminal. */
  public static boolean isTerminal(Task task, int descriptor) {
    return task.descriptors().find(descriptor).filter(OpenFile::isTerminal).isPresent();
  }

  /** The width of the terminal that is printed to, COLUMNS if there is none, else 80. */
  public static int width(Task task) {
    return size(of(task, 1).map(Terminal::columns).orElse(0), task, "COLUMNS", USUAL_WIDTH);
  }

  /** The height of the terminal that is printed to, LINES if there is none, else 24. */
  public static int height(Task task) {
    return size(of(task, 1).map(Terminal::rows).orElse(0), task, "LINES", USUAL_HEIGHT);
  }

  private static int size(int known, Task task, String variable, int usual) {
    if (known > 0) {
      return known;
    }
    long named = Quantities.parse(task.environment().getOrDefault(variable, ""), 10).orElse(0L);
    return named > 0 && named < 10_000 ? (int) named : usual;
  }

  /**
   * Text as a terminal may show it: what would steer it, and what is no text, is a question mark.
   */
  public static String printable(String text) {
    boolean clean = true;
    for (int i = 0; i < text.length() && clean; i++) {
      clean = isPrintable(text.charAt(i));
    }
    if (clean) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point ->
            shown.appendCodePoint(point > 0xffff || isPrintable((char) point) ? point : '?'));
    return shown.toString();
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c != 0x7f && !Character.isISOControl(c) && !Character.isSurrogate(c);
  }

  /** How many columns text takes. */
  public static int columns(String text) {
    return text.codePointCount(0, text.length());
  }
}
