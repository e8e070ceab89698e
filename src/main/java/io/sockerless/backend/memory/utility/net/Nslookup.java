package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Prints the addresses of a name, as the container's resolver knows them. */
final class Nslookup extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> operands =
        Options.parse(task, "q:t:").operands(1, 2).stream()
            .filter(it -> !it.startsWith("-"))
            .toList();
    String name = operands.isEmpty() ? "" : operands.getFirst();
    output.print("Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n");
    List<String> addresses = task.kernel().network().resolve(name);
    if (addresses.isEmpty()) {
      output.printLine("** server can't find " + name + ": NXDOMAIN\n");
      return 1;
    }
    output.print("Non-authoritative answer:\n");
    for (String address : addresses) {
      output.print("Name:\t" + name + "\nAddress: " + address + "\n\n");
    }
    return 0;
  }
}
