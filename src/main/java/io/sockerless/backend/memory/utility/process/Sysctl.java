package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the kernel's settings that a container sees; none can be changed from inside. */
final class Sysctl extends Utility {

  private static final String ROOT = "/proc/sys/";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "neqwp:a");
    Console console = new Console(task, output);
    for (String operand : options.operands(1, Integer.MAX_VALUE)) {
      int equals = operand.indexOf('=');
      String name = equals < 0 ? operand : operand.substring(0, equals);
      String path = ROOT + name.replace('.', '/');
      if (!task.files().exists(path)) {
        if (!options.has('e')) {
          console.complain("error: '" + path + "' is an unknown key");
        }
      } else if (equals >= 0) {
        console.complain("error setting key '" + path + "': Read-only file system");
      } else {
        String value = SystemFacts.read(task, path).strip();
        output.printLine(options.has('n') ? value : name + " = " + value);
      }
    }
    return console.code();
  }
}
