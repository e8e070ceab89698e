package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The lines of all files in a row, or of each on its own; knows whether one is the last. */
final class Lines implements AutoCloseable {

  /** Hears of each file before its first line. */
  @FunctionalInterface
  interface Opening {
    void opened(String name) throws IOException;
  }

  private final Task task;
  private final Deque<String> names;
  private final int terminator;
  private final boolean separate;
  private final Opening opening;
  private Optional<LineReader> reader = Optional.empty();
  private String announced = "";
  private boolean failed;

  Lines(Task task, List<String> names, int terminator, boolean separate, Opening opening) {
    this.task = task;
    this.names = new ArrayDeque<>(names);
    this.terminator = terminator;
    this.separate = separate;
    this.opening = opening;
  }

  /** Whether any file could not be read. */
  boolean hasFailed() {
    return failed;
  }

  /** Goes to the next line, into the next file if need be. */
  boolean next() throws IOException {
    while (true) {
      if (reader.isPresent()) {
        if (advance(reader.get())) {
          return true;
        }
        close();
      }
      if (!openNext()) {
        return false;
      }
    }
  }

  private boolean advance(LineReader lines) throws IOException {
    try {
      if (!lines.next()) {
        return false;
      }
    } catch (Input.ReadException e) {
      task.complain("couldn't read '" + announced + "': " + e.getMessage());
      failed = true;
      return false;
    }
    return true;
  }

  private boolean openNext() throws IOException {
    while (!names.isEmpty()) {
      String name = names.remove();
      try {
        reader = Optional.of(new LineReader(task, Input.open(task, name), terminator));
        announced = name;
        opening.opened(name);
        return true;
      } catch (PosixException e) {
        task.complain(name + ": " + e.getMessage());
        failed = true;
      }
    }
    return false;
  }

  /** Whether there is no line after the current one, as far as {@code $} is concerned. */
  boolean isLast() throws IOException {
    if (reader.isPresent() && reader.get().hasMore()) {
      return false;
    }
    while (!separate && !names.isEmpty()) {
      String name = names.peek();
      if (name.equals("-")) {
        return false;
      }
      try (LineReader ahead = new LineReader(task, Input.open(task, name), terminator)) {
        if (ahead.next()) {
          return false;
        }
        names.remove();
      } catch (PosixException | Input.ReadException e) {
        return names.size() == 1;
      }
    }
    return true;
  }

  byte[] line() {
    return reader.orElseThrow().bytes();
  }

  boolean isTerminated() {
    return reader.orElseThrow().isTerminated();
  }

  @Override
  public void close() throws IOException {
    Optional<LineReader> closing = reader;
    reader = Optional.empty();
    if (closing.isPresent()) {
      closing.get().close();
    }
  }
}
