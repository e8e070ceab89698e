package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code awk}: the language of POSIX, with the additions of BusyBox' own.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/awk.html">awk</a>
 */
public final class Awk extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+F:v:f:e:W:");
    List<String> operands = new ArrayList<>(options.operands());
    Script script = Parser.parse(script(task, options, operands));
    Globals globals = new Globals(script.globals());
    prepare(task, options, operands, script, globals);
    Regexes regexes = new Regexes();
    try (Streams streams = new Streams(task, output);
        Charge charge = new Charge(task);
        MainInput input = new MainInput(task, globals, regexes, script.globals())) {
      Fields fields = new Fields(globals, regexes);
      Machine machine = new Machine(task, script, globals, regexes, fields, streams, input, charge);
      return new Interpreter(machine).run();
    }
  }

  private static String script(Task task, Options options, List<String> operands)
      throws IOException {
    List<String> pieces = new ArrayList<>();
    for (Options.Given given : options.given()) {
      switch (given.name()) {
        case "e" -> pieces.add(given.value().orElse(""));
        case "f" -> pieces.add(read(task, given.value().orElse("")));
        default -> {}
      }
    }
    if (pieces.isEmpty()) {
      if (operands.isEmpty()) {
        throw new Failure("no script given");
      }
      pieces.add(operands.removeFirst());
    }
    return String.join("\n", pieces);
  }

  private static String read(Task task, String name) throws IOException {
    try (Input input = Input.open(task, name);
        Charge charge = new Charge(task)) {
      return Text.decode(input.readAll(charge));
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  private static void prepare(
      Task task, Options options, List<String> operands, Script script, Globals globals)
      throws IOException {
    Map<String, Value> arguments = globals.slot(Globals.ARGV).array();
    arguments.put("0", Value.of("awk"));
    for (int i = 0; i < operands.size(); i++) {
      arguments.put(Integer.toString(i + 1), Value.input(operands.get(i)));
    }
    globals.set(Globals.ARGC, operands.size() + 1);
    Map<String, Value> environment = globals.slot(Globals.ENVIRON).array();
    task.environment().forEach((name, value) -> environment.put(name, Value.input(value)));
    options.value('F').ifPresent(it -> globals.set(Globals.FS, Escape.resolve(it)));
    for (String assignment : options.values("v")) {
      if (!MainInput.assign(globals, script.globals(), assignment)) {
        throw new Failure("invalid assignment '" + assignment + "'");
      }
    }
  }
}
