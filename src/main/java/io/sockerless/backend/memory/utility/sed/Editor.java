package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a script: the cycle of {@code sed} with its pattern space and hold space. */
final class Editor {

  private static final int END_CYCLE = -1;
  private static final int RESTART = -2;

  private final Task task;
  private final List<Command> commands;
  private final boolean quiet;
  private final int terminator;
  private final Files files;
  private final Selection selection;
  private final List<Command.Action> appended = new ArrayList<>();
  private final Substitution substitution = new Substitution();
  private Space pattern;
  private Space hold;
  private boolean terminated = true;
  private boolean substituted;
  private long number;
  private int quitCode = -1;

  Editor(
      Task task,
      List<Command> commands,
      boolean quiet,
      int terminator,
      Files files,
      Charge charge) {
    this.pattern = new Space(charge);
    this.hold = new Space(charge);
    this.task = task;
    this.commands = commands;
    this.quiet = quiet;
    this.terminator = terminator;
    this.files = files;
    this.selection = new Selection(commands.size(), substitution, pattern);
  }

  /** Counts lines from 1 again, for a file of its own. */
  void restart() {
    number = 0;
  }

  /** Edits all lines; the answer is the exit code that {@code q} gave, else 0. */
  int edit(Lines lines) throws IOException {
    boolean restarted = false;
    while (quitCode < 0 && (restarted || read(lines))) {
      restarted = false;
      int next = 0;
      while (next >= 0 && next < commands.size()) {
        task.checkpoint();
        next = step(next, lines);
      }
      if (next >= 0 && !quiet) {
        print();
      }
      flushAppended();
      restarted = next == RESTART;
    }
    return Math.max(quitCode, 0);
  }

  private boolean read(Lines lines) throws IOException {
    if (!lines.next()) {
      return false;
    }
    take(lines);
    substituted = false;
    return true;
  }

  private void take(Lines lines) {
    pattern.set(lines.line());
    terminated = lines.isTerminated();
    number++;
  }

  private void print() throws IOException {
    files.output().write(pattern.bytes(), pattern.length(), terminated);
  }

  private void flushAppended() throws IOException {
    for (Command.Action action : appended) {
      switch (action) {
        case Command.Text text -> files.output().write(text.text());
        case Command.Read read -> files.copy(read.file());
        default -> throw new IllegalStateException(action.toString());
      }
    }
    appended.clear();
  }

  /** Runs one command; the answer is the next one, or how the cycle ends. */
  private int step(int index, Lines lines) throws IOException {
    Command command = commands.get(index);
    boolean selected =
        selection.includes(index, command, number, pattern, lines) != command.negated();
    if (!selected) {
      return command.action() instanceof Command.Block block ? block.end() : index + 1;
    }
    return switch (command.action()) {
      case Command.Simple simple -> simple(simple.letter(), index, lines);
      case Command.Block block -> index + 1;
      case Command.Nothing nothing -> index + 1;
      case Command.Text text -> text(text, command, index);
      case Command.Branch branch -> branch(branch, index);
      case Command.Quit quit -> {
        quitCode = quit.code() & 0xff;
        yield quit.print() ? commands.size() : END_CYCLE;
      }
      case Command.Read read -> {
        appended.add(read);
        yield index + 1;
      }
      case Command.Write write -> {
        files.named(write.file()).write(pattern.bytes(), pattern.length(), true);
        yield index + 1;
      }
      case Command.Transliterate transliterate -> {
        transliterate(transliterate.replacements());
        yield index + 1;
      }
      case Command.Substitute substitute -> {
        substitute(substitute);
        yield index + 1;
      }
    };
  }

  private int simple(char letter, int index, Lines lines) throws IOException {
    switch (letter) {
      case 'd' -> {
        return END_CYCLE;
      }
      case 'D' -> {
        return deleteFirstLine();
      }
      case 'n' -> {
        return nextLine(index, lines);
      }
      case 'N' -> {
        return appendLine(index, lines);
      }
      case 'g' -> pattern.set(hold.toArray().clone());
      case 'G' -> pattern.append(terminator, hold.bytes(), hold.length());
      case 'h' -> hold.set(pattern.toArray().clone());
      case 'H' -> hold.append(terminator, pattern.bytes(), pattern.length());
      case 'x' -> {
        Space held = hold;
        hold = pattern;
        pattern = held;
      }
      case 'z' -> pattern.set(new byte[0]);
      case 'p' -> print();
      case 'P' -> files.output().write(pattern.bytes(), firstLineLength(), true);
      case 'l' -> printLine(Listing.of(pattern.toArray()));
      case '=' -> printLine(Text.encode(Long.toString(number)));
      default -> throw new IllegalStateException(String.valueOf(letter));
    }
    return index + 1;
  }

  private int deleteFirstLine() {
    int newline = pattern.indexOf(terminator);
    if (newline < 0) {
      return END_CYCLE;
    }
    pattern.set(Arrays.copyOfRange(pattern.bytes(), newline + 1, pattern.length()));
    return RESTART;
  }

  private int firstLineLength() {
    int newline = pattern.indexOf(terminator);
    return newline < 0 ? pattern.length() : newline;
  }

  private void printLine(byte[] line) throws IOException {
    files.output().write(line, line.length, true);
  }

  private int nextLine(int index, Lines lines) throws IOException {
    if (lines.isLast()) {
      quitCode = 0;
      return commands.size();
    }
    if (!quiet) {
      print();
    }
    flushAppended();
    lines.next();
    take(lines);
    return index + 1;
  }

  private int appendLine(int index, Lines lines) throws IOException {
    if (lines.isLast()) {
      quitCode = 0;
      return commands.size();
    }
    flushAppended();
    lines.next();
    byte[] line = lines.line();
    pattern.append(terminator, line, line.length);
    terminated = lines.isTerminated();
    number++;
    return index + 1;
  }

  private int text(Command.Text text, Command command, int index) throws IOException {
    switch (text.letter()) {
      case 'a' -> appended.add(text);
      case 'i' -> files.output().write(text.text());
      default -> {
        boolean within =
            command.last().isPresent() && !command.negated() && selection.isInRange(index);
        if (!within) {
          files.output().write(text.text());
        }
        return END_CYCLE;
      }
    }
    return index + 1;
  }

  private int branch(Command.Branch branch, int index) {
    boolean taken =
        switch (branch.letter()) {
          case 't' -> substituted;
          case 'T' -> !substituted;
          default -> true;
        };
    if (branch.letter() != 'b') {
      substituted = false;
    }
    return taken ? branch.target() : index + 1;
  }

  private void transliterate(Map<Integer, Integer> replacements) {
    StringBuilder text = new StringBuilder();
    Text.decode(pattern.bytes(), 0, pattern.length())
        .codePoints()
        .forEach(c -> text.appendCodePoint(replacements.getOrDefault(c, c)));
    pattern.set(Text.encode(text.toString()));
  }

  private void substitute(Command.Substitute command) throws IOException {
    Optional<byte[]> result = substitution.apply(command, pattern.bytes(), pattern.length());
    if (result.isEmpty()) {
      return;
    }
    pattern.set(result.get());
    substituted = true;
    if (command.print()) {
      print();
    }
    if (command.file().isPresent()) {
      files.named(command.file().get()).write(pattern.bytes(), pattern.length(), true);
    }
  }
}
