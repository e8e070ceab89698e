package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that a script writes and reads besides its input. */
final class Files implements AutoCloseable {

  private final Task task;
  private final int terminator;
  private final Target standard;
  private final Map<String, Target> named = new HashMap<>();
  private Target output;

  Files(Task task, Output output, int terminator) {
    this.task = task;
    this.terminator = terminator;
    this.standard = new Target(output, terminator);
    this.output = standard;
  }

  /** Where the edited lines go to. */
  Target output() {
    return output;
  }

  /** Lets the edited lines go somewhere else. */
  void redirect(Optional<Target> target) {
    output = target.orElse(standard);
  }

  /** The file of a {@code w}, made when it is first asked for. */
  Target named(String name) throws IOException {
    if (name.equals("/dev/stdout")) {
      return standard;
    }
    Target known = named.get(name);
    if (known == null) {
      known =
          new Target(
              new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false)), terminator);
      named.put(name, known);
    }
    return known;
  }

  /** Makes the files of all commands, which are there even if nothing is written to them. */
  void prepare(List<Command> commands) throws IOException {
    for (Command command : commands) {
      Optional<String> name =
          switch (command.action()) {
            case Command.Write write -> Optional.of(write.file());
            case Command.Substitute substitute -> substitute.file();
            default -> Optional.empty();
          };
      if (name.isPresent()) {
        named(name.get());
      }
    }
  }

  /** Copies a file to the output, one that cannot be read as if it were empty. */
  void copy(String name) throws IOException {
    for (Target target : named.values()) {
      target.flush();
    }
    boolean standardInput = name.equals("/dev/stdin");
    try (Input input = Input.open(task, standardInput ? "-" : name)) {
      LineReader lines = new LineReader(task, input);
      while (lines.next()) {
        byte[] line = lines.bytes();
        output.write(line, line.length, lines.isTerminated());
      }
    } catch (PosixException | Input.ReadException e) {
      // POSIX wants no error for it.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    for (Target target : named.values()) {
      target.close();
    }
  }
}
