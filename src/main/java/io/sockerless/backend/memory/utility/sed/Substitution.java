package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** What {@code s} does to a line; remembers the last regular expression for an empty one. */
final class Substitution {

  private Optional<PosixRegex> last = Optional.empty();

  /** The regular expression itself, or the last one. */
  PosixRegex regex(Optional<PosixRegex> given) throws Failure {
    last = given.or(() -> last);
    return last.orElseThrow(() -> new Failure("no previous regexp"));
  }

  /** The line with what matched replaced; empty if nothing was. */
  Optional<byte[]> apply(Command.Substitute command, byte[] line, int length) throws IOException {
    PosixRegex regex = regex(command.regex());
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
    int position = 0;
    int copied = 0;
    int count = 0;
    boolean replaced = false;
    int lastEnd = -1;
    while (position <= length) {
      Optional<Match> found = regex.find(line, 0, length, position);
      if (found.isEmpty()) {
        break;
      }
      Match match = found.get();
      boolean empty = match.end() == match.start();
      if (!empty || match.start() != lastEnd) {
        count++;
        if (count >= command.number()) {
          out.write(line, copied, match.start() - copied);
          expand(command, line, match, out);
          copied = match.end();
          replaced = true;
          if (!command.global()) {
            break;
          }
        }
      }
      lastEnd = match.end();
      position = empty ? match.end() + 1 : match.end();
    }
    if (!replaced) {
      return Optional.empty();
    }
    out.write(line, copied, length - copied);
    return Optional.of(out.toByteArray());
  }

  private static void expand(
      Command.Substitute command, byte[] line, Match match, ByteArrayOutputStream out) {
    for (Command.Part part : command.replacement()) {
      int group = part.group();
      if (group < 0) {
        out.write(part.text(), 0, part.text().length);
      } else if (match.start(group) >= 0) {
        out.write(line, match.start(group), match.end(group) - match.start(group));
      }
    }
  }
}
