package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code bc}: a calculator with numbers of any length and a language of its own.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/bc.html">bc</a>
 */
public final class Bc extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "ilqsw", "interactive=i", "mathlib=l", "quiet=q", "standard=s", "warn=w");
    Printer printer = new Printer(task, output);
    try (Charge charge = new Charge(task);
        LineReader standard = new LineReader(task, Input.standard(task))) {
      Lexer.Lines input = lines(standard);
      Machine machine = new Machine(task, input, charge, options.has('l'));
      BcRunner runner = new BcRunner(machine, printer);
      for (String file : options.operands()) {
        try (LineReader reader = new LineReader(task, open(task, file))) {
          if (!runner.run(lines(reader))) {
            return 0;
          }
        }
      }
      runner.run(input);
      return 0;
    }
  }

  static Input open(Task task, String file) throws IOException {
    try {
      return Input.of(task, file);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + file + "'", e);
    }
  }

  static Lexer.Lines lines(LineReader reader) {
    return () -> reader.next() ? Optional.of(reader.text()) : Optional.empty();
  }
}
