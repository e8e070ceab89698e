package io.sockerless.backend.memory.shell.edit;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;

/** Shows a prompt and the line after it, over as many rows as they need. */
final class Screen {

  private static final String ESCAPES = "\033\\[[0-9;]*[A-Za-z]";

  private final OpenFile file;
  private final Terminal terminal;
  private String prompt = "";
  private int row;

  Screen(OpenFile file, Terminal terminal) {
    this.file = file;
    this.terminal = terminal;
  }

  void print(String text) throws IOException {
    byte[] bytes = Text.encode(text);
    file.write(bytes, 0, bytes.length);
  }

  /** Shows a prompt on a new line; only its last line is drawn again later. */
  void begin(String newPrompt) throws IOException {
    print(newPrompt);
    prompt = newPrompt.substring(newPrompt.lastIndexOf('\n') + 1);
    row = 0;
  }

  /** Shows a character that was typed at the line's end. */
  void append(String character, EditedLine line) throws IOException {
    int end = column(line.text());
    if (end % columns() == 0) {
      redraw(line);
    } else {
      print(character);
      row = end / columns();
    }
  }

  /** Shows the line as it is now. */
  void redraw(EditedLine line) throws IOException {
    StringBuilder out = new StringBuilder();
    up(out, row);
    out.append('\r').append(prompt).append(line.text());
    int end = column(line.text());
    if (end > 0 && end % columns() == 0) {
      out.append("\r\n");
    }
    out.append("\033[J");
    int at = column(line.beforeCursor());
    row = at / columns();
    up(out, end / columns() - row);
    out.append('\r');
    if (at % columns() > 0) {
      out.append("\033[").append(at % columns()).append('C');
    }
    print(out.toString());
  }

  /** Goes below the line. */
  void finish(EditedLine line) throws IOException {
    if (!line.isAtEnd()) {
      line.end();
      redraw(line);
    }
    print("\n");
    row = 0;
  }

  private static void up(StringBuilder out, int rows) {
    if (rows > 0) {
      out.append("\033[").append(rows).append('A');
    }
  }

  private int columns() {
    return terminal.columns() > 0 ? terminal.columns() : 80;
  }

  private int column(String text) {
    String visible = prompt.replaceAll(ESCAPES, "") + text;
    return visible.codePointCount(0, visible.length());
  }
}
