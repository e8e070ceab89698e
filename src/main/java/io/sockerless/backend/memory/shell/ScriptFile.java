package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.LineSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The lines of a script that nobody else reads, so that they can be read in large pieces. */
public final class ScriptFile implements LineSource {

  private static final int BLOCK = 16_384;

  private final Task task;
  private final OpenFile file;
  private final byte[] block = new byte[BLOCK];
  private int position;
  private int end;

  /** Reads from an open file. */
  public ScriptFile(Task task, OpenFile file) {
    this.task = task;
    this.file = file;
  }

  @Override
  public Optional<String> next(boolean continued) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (position == end && !fill()) {
        return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
      }
      int newline = position;
      while (newline < end && block[newline] != '\n') {
        newline++;
      }
      int stop = Math.min(newline + 1, end);
      line.write(block, position, stop - position);
      position = stop;
      if (newline < end) {
        return Optional.of(text(line));
      }
    }
  }

  private static String text(ByteArrayOutputStream line) {
    return Text.decode(line.toByteArray());
  }

  private boolean fill() throws IOException {
    task.checkpoint();
    position = 0;
    end = Math.max(0, file.read(block, 0, block.length));
    return end > 0;
  }
}
