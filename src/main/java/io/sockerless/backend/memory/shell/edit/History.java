package io.sockerless.backend.memory.shell.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines that were typed before, and which of them is shown. */
final class History {

  private static final int MOST = 500;

  private final List<String> lines = new ArrayList<>();
  private int position;
  private String unfinished = "";

  void add(String line) {
    if (!line.isBlank() && (lines.isEmpty() || !lines.getLast().equals(line))) {
      lines.add(line);
      if (lines.size() > MOST) {
        lines.removeFirst();
      }
    }
    position = lines.size();
  }

  /** The line before the one that is shown, which is kept if it is the newest. */
  Optional<String> older(String shown) {
    if (position == 0) {
      return Optional.empty();
    }
    if (position == lines.size()) {
      unfinished = shown;
    }
    position--;
    return Optional.of(lines.get(position));
  }

  /** The line after the one that is shown. */
  Optional<String> newer() {
    if (position == lines.size()) {
      return Optional.empty();
    }
    position++;
    return Optional.of(position == lines.size() ? unfinished : lines.get(position));
  }
}
