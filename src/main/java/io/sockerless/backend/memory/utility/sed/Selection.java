package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Which lines the commands of a script are for, with the ranges that have begun. */
final class Selection {

  /** Where a range stands. */
  private static final class Range {
    private boolean active;
    private long end;
  }

  private final Range[] ranges;
  private final Substitution substitution;
  private long number;
  private Space pattern;

  Selection(int commands, Substitution substitution, Space pattern) {
    this.substitution = substitution;
    this.pattern = pattern;
    this.ranges = new Range[commands];
    Arrays.setAll(ranges, i -> new Range());
  }

  /** Whether a command's range goes on after the current line. */
  boolean isInRange(int index) {
    return ranges[index].active;
  }

  /** Whether a line is among those that a command's addresses name. */
  boolean includes(int index, Command command, long line, Space space, Lines lines)
      throws IOException {
    number = line;
    pattern = space;
    if (command.first().isEmpty()) {
      return true;
    }
    Address first = command.first().get();
    if (command.last().isEmpty()) {
      return matches(first, lines);
    }
    Range range = ranges[index];
    Address last = command.last().get();
    if (range.active) {
      return continues(range, last, lines);
    }
    if (first instanceof Address.Line(long from) && from == 0 && number == 1) {
      range.active = !matches(last, lines);
      return true;
    }
    if (!matches(first, lines)) {
      return false;
    }
    begin(range, last);
    return true;
  }

  private void begin(Range range, Address last) {
    range.end =
        switch (last) {
          case Address.Line(long line) -> line;
          case Address.Count(long count) -> number + count;
          case Address.Multiple(long of) -> of == 0 ? number : (number + of - 1) / of * of;
          case Address.Last l -> Long.MAX_VALUE;
          case Address.Pattern p -> Long.MAX_VALUE;
          case Address.Step s -> Long.MAX_VALUE;
        };
    range.active = range.end > number;
  }

  private boolean continues(Range range, Address last, Lines lines) throws IOException {
    if (range.end != Long.MAX_VALUE) {
      range.active = number < range.end;
      return number <= range.end;
    }
    range.active = !matches(last, lines);
    return true;
  }

  private boolean matches(Address address, Lines lines) throws IOException {
    return switch (address) {
      case Address.Line(long line) -> line == number;
      case Address.Last l -> lines.isLast();
      case Address.Pattern(Optional<PosixRegex> regex) ->
          substitution.regex(regex).isIn(pattern.bytes(), 0, pattern.length());
      case Address.Step(long first, long step) ->
          step == 0 ? number == first : number >= first && (number - first) % step == 0;
      case Address.Count c -> false;
      case Address.Multiple m -> false;
    };
  }
}
