package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The records of the files in ARGV, one after the other; assignments among them are made. */
final class MainInput implements AutoCloseable {

  private final Task task;
  private final Globals globals;
  private final Regexes regexes;
  private final Map<String, Integer> names;
  private Optional<RecordReader> reader = Optional.empty();
  private int next = 1;
  private boolean anyFile;
  private boolean failed;

  MainInput(Task task, Globals globals, Regexes regexes, Map<String, Integer> names) {
    this.task = task;
    this.globals = globals;
    this.regexes = regexes;
    this.names = names;
  }

  /** Whether a file could not be read. */
  boolean hasFailed() {
    return failed;
  }

  /** The next record, counted; empty at the end of the last file. */
  Optional<String> next() throws IOException {
    while (reader.isPresent() || open()) {
      Optional<String> record = read(reader.orElseThrow());
      if (record.isPresent()) {
        increment(Globals.NR);
        increment(Globals.FNR);
        return record;
      }
      close();
    }
    return Optional.empty();
  }

  private Optional<String> read(RecordReader records) throws IOException {
    try {
      return records.next(globals.text(Globals.RS), regexes);
    } catch (Input.ReadException e) {
      complain(globals.text(Globals.FILENAME), e);
      return Optional.empty();
    }
  }

  private void complain(String name, IOException cause) {
    task.complain(name + ": " + cause.getMessage());
    failed = true;
  }

  private void increment(int index) throws Failure {
    globals.set(index, globals.slot(index).value().toNumber() + 1);
  }

  private boolean open() throws IOException {
    while (next < (int) globals.slot(Globals.ARGC).value().toNumber()) {
      Value argument = globals.slot(Globals.ARGV).array().get(Integer.toString(next++));
      String name = argument == null ? "" : argument.toText("%.6g");
      if (!name.isEmpty() && !assign(globals, names, name) && open(name)) {
        return true;
      }
    }
    if (anyFile) {
      return false;
    }
    return open("-");
  }

  private boolean open(String name) throws IOException {
    anyFile = true;
    try {
      reader = Optional.of(new RecordReader(task, Input.open(task, name)));
    } catch (PosixException e) {
      throw Failure.of(1, name, e);
    }
    globals.set(Globals.FILENAME, name.equals("-") ? "" : name);
    globals.set(Globals.FNR, 0);
    return true;
  }

  /** Makes the assignment that an argument is; false if it is none. */
  static boolean assign(Globals globals, Map<String, Integer> names, String argument) {
    int equals = argument.indexOf('=');
    if (equals <= 0 || !argument.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    Integer index = names.get(argument.substring(0, equals));
    if (index != null) {
      globals.slot(index).set(Value.input(Escape.resolve(argument.substring(equals + 1))));
    }
    return true;
  }

  /** Leaves the current file, for {@code nextfile} as well. */
  @Override
  public void close() throws IOException {
    Optional<RecordReader> closing = reader;
    reader = Optional.empty();
    if (closing.isPresent()) {
      closing.get().close();
    }
  }
}
