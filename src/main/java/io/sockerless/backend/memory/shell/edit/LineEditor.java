package io.sockerless.backend.memory.shell.edit;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.TerminalSettings;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads lines from a person at a terminal: with cursor keys, a history, and completion. The
 * terminal gives each key as it is typed while a line is read, and is as before afterwards.
 */
public final class LineEditor {

  private static final TerminalSettings KEYS =
      new TerminalSettings(false, false, false, true, true, 1, 0);
  private static final int INTERRUPT = 3;
  private static final int END_OF_FILE = 4;
  private static final int ESCAPE = 27;

  private final OpenFile file;
  private final Terminal terminal;
  private final Completion completion;
  private final Screen screen;
  private final History history = new History();
  private boolean listsNext;

  /** Edits at a terminal. */
  public LineEditor(OpenFile file, Terminal terminal, Completion completion) {
    this.file = file;
    this.terminal = terminal;
    this.completion = completion;
    this.screen = new Screen(file, terminal);
  }

  /** What came of reading a line. */
  public sealed interface Outcome {
    /** A line without its newline. */
    record Line(String text) implements Outcome {}

    /** The person gave the line up. */
    record Abandoned() implements Outcome {}

    /** The person is gone, or wants to be. */
    record End() implements Outcome {}
  }

  /** Shows a prompt and reads a line. */
  public Outcome read(String prompt) throws IOException {
    TerminalSettings before = terminal.settings();
    terminal.setSettings(KEYS);
    try {
      screen.begin(prompt);
      return read(new EditedLine());
    } finally {
      terminal.setSettings(before);
    }
  }

  private Outcome read(EditedLine line) throws IOException {
    while (true) {
      int key = key();
      Optional<Outcome> outcome = ends(key, line);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      listsNext &= key == '\t';
      if (key == ESCAPE) {
        sequence(line);
      } else if (key < ' ' || key == 127) {
        control(key, line);
      } else {
        type(key, line);
      }
    }
  }

  private Optional<Outcome> ends(int key, EditedLine line) throws IOException {
    return switch (key) {
      case '\n', '\r' -> {
        screen.finish(line);
        history.add(line.text());
        yield Optional.of(new Outcome.Line(line.text()));
      }
      case INTERRUPT -> {
        screen.print("^C\n");
        yield Optional.of(new Outcome.Abandoned());
      }
      case END_OF_FILE -> line.isEmpty() ? end() : deleted(line);
      case -1 -> end();
      default -> Optional.empty();
    };
  }

  private Optional<Outcome> end() throws IOException {
    screen.print("\n");
    return Optional.of(new Outcome.End());
  }

  private Optional<Outcome> deleted(EditedLine line) throws IOException {
    line.delete();
    screen.redraw(line);
    return Optional.empty();
  }

  private void control(int key, EditedLine line) throws IOException {
    switch (key) {
      case 1 -> line.home();
      case 2 -> line.left();
      case 5 -> line.end();
      case 6 -> line.right();
      case 8, 127 -> line.backspace();
      case '\t' -> complete(line);
      case 11 -> line.deleteToEnd();
      case 12 -> screen.print("\033[H\033[J");
      case 14 -> history.newer().ifPresent(line::set);
      case 16 -> history.older(line.text()).ifPresent(line::set);
      case 21 -> line.deleteToStart();
      case 23 -> line.deleteWord();
      default -> {
        return;
      }
    }
    screen.redraw(line);
  }

  /** Takes a key that sends several characters, such as an arrow. */
  private void sequence(EditedLine line) throws IOException {
    int kind = key();
    if (kind != '[' && kind != 'O') {
      return;
    }
    int code = key();
    int number = 0;
    while ((code >= '0' && code <= '9') || code == ';') {
      number = code == ';' ? number : number * 10 % 1000 + code - '0';
      code = key();
    }
    switch (code) {
      case 'A' -> history.older(line.text()).ifPresent(line::set);
      case 'B' -> history.newer().ifPresent(line::set);
      case 'C' -> line.right();
      case 'D' -> line.left();
      case 'H' -> line.home();
      case 'F' -> line.end();
      case '~' -> numbered(number, line);
      default -> {
        return;
      }
    }
    screen.redraw(line);
  }

  private static void numbered(int number, EditedLine line) {
    switch (number) {
      case 1, 7 -> line.home();
      case 3 -> line.delete();
      case 4, 8 -> line.end();
      default -> line.insert("");
    }
  }

  private void type(int key, EditedLine line) throws IOException {
    byte[] bytes = {(byte) key, 0, 0, 0};
    int size = key < 0xc0 ? 1 : key < 0xe0 ? 2 : key < 0xf0 ? 3 : 4;
    for (int i = 1; i < size; i++) {
      bytes[i] = (byte) key();
    }
    String character = Text.decode(bytes, 0, size);
    boolean atEnd = line.isAtEnd();
    line.insert(character);
    if (atEnd) {
      screen.append(character, line);
    } else {
      screen.redraw(line);
    }
  }

  private void complete(EditedLine line) throws IOException {
    String before = line.beforeCursor();
    List<String> candidates = completion.candidates(before);
    if (candidates.isEmpty()) {
      return;
    }
    String common = Completion.common(candidates);
    String typed = Completion.word(before);
    String more = common.substring(Math.min(typed.length(), common.length()));
    line.insert(more);
    if (candidates.size() == 1) {
      line.insert(common.endsWith("/") ? "" : " ");
    } else if (more.isEmpty() && listsNext) {
      screen.print("\n" + String.join("  ", candidates) + "\n");
    }
    listsNext = candidates.size() > 1;
  }

  private int key() throws IOException {
    byte[] one = new byte[1];
    return file.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
