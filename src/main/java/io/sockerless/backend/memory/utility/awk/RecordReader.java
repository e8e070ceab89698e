package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads records from a file, however RS separates them when each is asked for. */
final class RecordReader implements AutoCloseable {

  private final Input input;
  private final Charge charge;
  private byte[] buffer = new byte[65_536];
  private int start;
  private int end;
  private boolean atEnd;

  RecordReader(Task task, Input input) {
    this.input = input;
    this.charge = new Charge(task);
  }

  /** The next record; empty at the end. */
  Optional<String> next(String separator, Regexes regexes) throws IOException {
    if (separator.isEmpty()) {
      return paragraph();
    }
    byte[] bytes = Text.encode(separator);
    return bytes.length == 1 ? upTo(bytes[0]) : upTo(regexes.of(separator));
  }

  private Optional<String> upTo(byte separator) throws IOException {
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == separator) {
          return Optional.of(take(i, i + 1));
        }
      }
      int offset = end - start;
      if (!fill()) {
        return rest();
      }
      scanned = start + offset;
    }
  }

  private Optional<String> upTo(PosixRegex separator) throws IOException {
    while (true) {
      Optional<Match> match = separator.find(buffer, start, end - start, start);
      boolean usable = match.isPresent() && match.get().end() > match.get().start();
      if (usable && (match.get().end() < end || atEnd)) {
        return Optional.of(take(match.get().start(), match.get().end()));
      }
      if (!fill()) {
        if (usable) {
          continue;
        }
        return rest();
      }
    }
  }

  /** The newline at the end of a file belongs to no record. */
  private void trimFinalNewline() {
    if (end > start && buffer[end - 1] == '\n') {
      end--;
    }
  }

  private Optional<String> paragraph() throws IOException {
    while (start < end || fill()) {
      if (buffer[start] != '\n') {
        break;
      }
      start++;
    }
    int scanned = start;
    while (true) {
      for (int i = scanned; i + 1 < end; i++) {
        if (buffer[i] == '\n' && buffer[i + 1] == '\n') {
          return Optional.of(take(i, i + 2));
        }
      }
      int offset = Math.max(0, end - start - 1);
      if (!fill()) {
        trimFinalNewline();
        return rest();
      }
      scanned = start + offset;
    }
  }

  private String take(int recordEnd, int next) {
    String record = Text.decode(buffer, start, recordEnd - start);
    start = next;
    return record;
  }

  private Optional<String> rest() {
    if (start == end) {
      return Optional.empty();
    }
    return Optional.of(take(end, end));
  }

  private boolean fill() throws IOException {
    if (atEnd) {
      return false;
    }
    int kept = end - start;
    if (kept == buffer.length) {
      charge.add(kept);
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(kept, 2));
    } else {
      System.arraycopy(buffer, start, buffer, 0, kept);
    }
    start = 0;
    end = kept;
    int count = input.read(buffer, end, buffer.length - end);
    atEnd = count < 0;
    end += Math.max(0, count);
    return !atEnd;
  }

  @Override
  public void close() throws IOException {
    charge.close();
    input.close();
  }
}
