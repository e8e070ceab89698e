package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the files and hunks of a unified diff; what is between them is skipped. */
final class PatchReader {

  /** What is to be done to one file. */
  record FilePatch(String oldName, String newName, List<Hunk> hunks) {}

  private static final Pattern HEAD =
      Pattern.compile("@@ -([0-9]+)(?:,([0-9]+))? \\+([0-9]+)(?:,([0-9]+))? @@.*");

  private final LineReader reader;
  private boolean present;

  PatchReader(LineReader reader) throws IOException {
    this.reader = reader;
    advance();
  }

  private void advance() throws IOException {
    present = reader.next();
  }

  private boolean at(String prefix) {
    return present && reader.text().startsWith(prefix);
  }

  /** The next file's patch; empty at the end. */
  Optional<FilePatch> next() throws IOException {
    while (present) {
      if (!at("--- ")) {
        advance();
        continue;
      }
      String oldName = name(reader.text());
      advance();
      if (!at("+++ ")) {
        continue;
      }
      String newName = name(reader.text());
      advance();
      List<Hunk> hunks = new ArrayList<>();
      while (at("@@ ")) {
        hunks.add(hunk());
      }
      return Optional.of(new FilePatch(oldName, newName, hunks));
    }
    return Optional.empty();
  }

  private static String name(String line) {
    String rest = line.substring(4);
    int tab = rest.indexOf('\t');
    return (tab < 0 ? rest : rest.substring(0, tab)).stripTrailing();
  }

  private Hunk hunk() throws IOException {
    Matcher head = HEAD.matcher(reader.text().stripTrailing());
    if (!head.matches()) {
      throw new Failure("malformed hunk '" + reader.text() + "'");
    }
    int oldLeft = count(head.group(2));
    int newLeft = count(head.group(4));
    advance();
    List<byte[]> lines = new ArrayList<>();
    boolean oldComplete = true;
    boolean newComplete = true;
    while (oldLeft > 0 || newLeft > 0 || at("\\")) {
      if (!present) {
        throw new Failure("unexpected end of patch");
      }
      byte[] line = reader.length() == 0 ? new byte[] {' '} : reader.bytes();
      switch (line[0]) {
        case '-' -> oldLeft--;
        case '+' -> newLeft--;
        case ' ' -> {
          oldLeft--;
          newLeft--;
        }
        case '\\' -> {
          byte last = lines.isEmpty() ? (byte) ' ' : lines.getLast()[0];
          oldComplete &= last == '+';
          newComplete &= last == '-';
        }
        default -> throw new Failure("malformed hunk line '" + Text.decode(line) + "'");
      }
      if (line[0] != '\\') {
        lines.add(line);
      }
      advance();
    }
    return new Hunk(Integer.parseInt(head.group(1)), lines, oldComplete, newComplete);
  }

  private static int count(@Nullable String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }
}
