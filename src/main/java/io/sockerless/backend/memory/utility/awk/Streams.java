package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files and commands that a script reads and writes, by their names; all are the sandbox's. */
final class Streams implements AutoCloseable {

  /** A command that runs, if it is one, and what is written to or read from it. */
  private record Writer(Output output, Optional<Task> command) {}

  private record Reader(RecordReader records, Optional<Task> command) {}

  private final Task task;
  private final Output standard;
  private final Map<String, Writer> writers = new LinkedHashMap<>();
  private final Map<String, Reader> readers = new LinkedHashMap<>();

  Streams(Task task, Output standard) {
    this.task = task;
    this.standard = standard;
  }

  Output standard() {
    return standard;
  }

  /** Where {@code print > name} and its like go to; it is opened once. */
  Output writer(String redirection, String name) throws IOException {
    if (redirection.isEmpty() || name.equals("/dev/stdout") || name.equals("-")) {
      return standard;
    }
    Writer known = writers.get(name);
    if (known == null) {
      known = redirection.equals("|") ? writeToCommand(name) : writeToFile(redirection, name);
      writers.put(name, known);
    }
    return known.output();
  }

  private Writer writeToFile(String redirection, String name) throws IOException {
    if (name.equals("/dev/stderr")) {
      OpenFile error = task.descriptors().get(2).retain();
      return new Writer(new Output(task, error), Optional.empty());
    }
    OpenMode mode = redirection.equals(">>") ? OpenMode.APPEND : OpenMode.WRITE;
    try {
      OpenFile file = task.files().create(name, mode, 0666, false);
      return new Writer(new Output(task, file), Optional.empty());
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  private Writer writeToCommand(String command) throws IOException {
    flush();
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    OpenFile writer = pipe.writer();
    Task child = start(command, 0, reader);
    return new Writer(new Output(task, writer), Optional.of(child));
  }

  private Task start(String command, int descriptor, OpenFile end) throws IOException {
    List<String> shell = List.of("sh", "-c", command);
    return task.fork(
        child -> Commands.execute(child, shell),
        child -> {
          child.descriptors().set(descriptor, end);
          return 0;
        });
  }

  /** The next record of a file; empty at its end. */
  Optional<String> readFile(String name, String separator, Regexes regexes) throws IOException {
    Reader reader = readers.get(name);
    if (reader == null) {
      boolean standardInput = name.equals("-") || name.equals("/dev/stdin");
      Input input = Input.open(task, standardInput ? "-" : name);
      reader = new Reader(new RecordReader(task, input), Optional.empty());
      readers.put(name, reader);
    }
    return reader.records().next(separator, regexes);
  }

  /** The next record of a command's output; empty at its end. */
  Optional<String> readCommand(String command, String separator, Regexes regexes)
      throws IOException {
    Reader reader = readers.get(command);
    if (reader == null) {
      flush();
      Pipe pipe = new Pipe();
      OpenFile readEnd = pipe.reader();
      OpenFile writeEnd = pipe.writer();
      Task child = start(command, 1, writeEnd);
      RecordReader records = new RecordReader(task, Input.of(task, readEnd));
      reader = new Reader(records, Optional.of(child));
      readers.put(command, reader);
    }
    return reader.records().next(separator, regexes);
  }

  /** Runs a command and waits for it. */
  int system(String command) throws IOException {
    flush();
    return Commands.run(task, List.of("sh", "-c", command));
  }

  /** Closes what has a name; the exit code of a command, -1 if there is none of that name. */
  int close(String name) throws IOException {
    int code = -1;
    Writer writer = writers.remove(name);
    if (writer != null) {
      writer.output().close();
      code = finish(writer.command());
    }
    Reader reader = readers.remove(name);
    if (reader != null) {
      reader.records().close();
      code = finish(reader.command());
    }
    return code;
  }

  private int finish(Optional<Task> command) throws IOException {
    return command.isPresent() ? task.waitFor(command.get()) : 0;
  }

  void flush() throws IOException {
    standard.flush();
    for (Writer writer : writers.values()) {
      writer.output().flush();
    }
  }

  @Override
  public void close() throws IOException {
    standard.flush();
    for (String name : List.copyOf(writers.keySet())) {
      close(name);
    }
    for (String name : List.copyOf(readers.keySet())) {
      close(name);
    }
  }
}
