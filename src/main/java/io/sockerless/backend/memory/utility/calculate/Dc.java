package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code dc}: a calculator with numbers of any length and a stack.
 *
 * @see <a href="https://www.gnu.org/software/bc/manual/dc-1.05/html_mono/dc.html">dc</a>
 */
public final class Dc extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "e:f:x", "expression=e", "file=f", "extended-register=x");
    try (Charge charge = new Charge(task);
        LineReader standard = new LineReader(task, Input.standard(task))) {
      Lexer.Lines input = Bc.lines(standard);
      DcMachine machine = new DcMachine(task, new Printer(task, output), input, charge);
      boolean goesOn = true;
      boolean given = !options.operands().isEmpty();
      for (Options.Given option : options.given()) {
        String value = option.value().orElse("");
        if (goesOn && option.name().equals("e")) {
          goesOn = machine.run(value);
          given = true;
        } else if (goesOn && option.name().equals("f")) {
          goesOn = file(task, machine, value);
          given = true;
        }
      }
      for (String name : options.operands()) {
        goesOn = goesOn && file(task, machine, name);
      }
      if (!given) {
        run(machine, input, output);
      }
      return 0;
    }
  }

  private static boolean file(Task task, DcMachine machine, String name) throws IOException {
    try (Charge charge = new Charge(task);
        Input input = Bc.open(task, name)) {
      return machine.run(Text.decode(input.readAll(charge)));
    }
  }

  /** Line by line, so that what a line says is done before the next is there; but texts go on. */
  private static void run(DcMachine machine, Lexer.Lines input, Output output) throws IOException {
    StringBuilder program = new StringBuilder();
    for (Optional<String> line = input.next(); line.isPresent(); line = input.next()) {
      program.append(line.get()).append('\n');
      if (DcMachine.isComplete(program)) {
        if (!machine.run(program.toString())) {
          return;
        }
        output.flush();
        program.setLength(0);
      }
    }
    machine.run(program.toString());
  }
}
