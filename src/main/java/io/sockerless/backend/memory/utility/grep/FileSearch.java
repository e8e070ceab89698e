package io.sockerless.backend.memory.utility.grep;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.regex.Match;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The search of one file, with the lines around those that match. */
final class FileSearch {

  private final Output output;
  private final Options options;
  private final LineMatcher matcher;
  private final String name;
  private final int terminator;
  private final boolean silent;
  private final boolean firstOnly;
  private final long most;
  private final int before;
  private final int after;
  private final Deque<byte[]> earlier = new ArrayDeque<>();
  private long number;
  private long lastPrinted;

  FileSearch(Output output, Options options, LineMatcher matcher, String name, int terminator)
      throws Failure {
    this.output = output;
    this.options = options;
    this.matcher = matcher;
    this.name = name;
    this.terminator = terminator;
    this.firstOnly = options.has('q') || options.has('l') || options.has('L');
    this.silent = firstOnly || options.has('c');
    this.most = options.number('m', Long.MAX_VALUE);
    this.before = context('B');
    this.after = context('A');
  }

  private int context(char letter) throws Failure {
    boolean own = options.has(letter);
    return Math.clamp(options.number(own ? letter : 'C', 0), 0, 1_000_000);
  }

  /** Searches; the answer is how many lines were found. */
  long search(LineReader lines) throws IOException {
    long count = 0;
    long afterLeft = 0;
    boolean inverted = options.has('v');
    while ((count < most || afterLeft > 0) && lines.next()) {
      number++;
      boolean found =
          count < most
              && matcher.matches(lines.buffer(), lines.start(), lines.length()) != inverted;
      if (found) {
        count++;
        if (firstOnly) {
          return count;
        }
        if (!silent) {
          printEarlier();
          printFound(lines, inverted);
        }
        afterLeft = after;
      } else if (afterLeft > 0) {
        afterLeft--;
        print('-', lines.buffer(), lines.start(), lines.length());
      } else if (before > 0 && !silent) {
        keep(lines.bytes());
      }
    }
    return count;
  }

  private void keep(byte[] line) {
    earlier.add(line);
    if (earlier.size() > before) {
      earlier.remove();
    }
  }

  private void printEarlier() throws IOException {
    long first = number - earlier.size();
    if ((before > 0 || after > 0) && lastPrinted > 0 && first > lastPrinted + 1) {
      output.print("--\n");
    }
    long found = number;
    number = first;
    while (!earlier.isEmpty()) {
      byte[] line = earlier.remove();
      print('-', line, 0, line.length);
      number++;
    }
    number = found;
  }

  private void printFound(LineReader lines, boolean inverted) throws IOException {
    if (!options.has('o')) {
      print(':', lines.buffer(), lines.start(), lines.length());
      return;
    }
    lastPrinted = number;
    int end = lines.start() + lines.length();
    int position = inverted ? end + 1 : lines.start();
    while (position <= end) {
      Optional<Match> match = matcher.find(lines.buffer(), lines.start(), lines.length(), position);
      if (match.isEmpty()) {
        return;
      }
      int length = match.get().end() - match.get().start();
      if (length > 0) {
        print(':', lines.buffer(), match.get().start(), length);
      }
      position = match.get().end() + (length > 0 ? 0 : 1);
    }
  }

  private void print(char separator, byte[] bytes, int offset, int length) throws IOException {
    if (!name.isEmpty()) {
      output.print(name);
      output.write(separator);
    }
    if (options.has('n')) {
      output.print(Long.toString(number));
      output.write(separator);
    }
    output.write(bytes, offset, length);
    output.write(terminator);
    lastPrinted = number;
  }
}
