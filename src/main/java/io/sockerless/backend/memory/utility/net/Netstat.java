package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Locale;

/** Prints what is listened on and connected. */
final class Netstat extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "latunpewWxr");
    boolean all = options.has('a');
    boolean listening = options.has('l');
    String which = all ? "servers and established" : listening ? "only servers" : "w/o servers";
    output.printLine("Active Internet connections (" + which + ")");
    output.printLine(
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State       ");
    if (options.has('u') && !options.has('t')) {
      return 0;
    }
    for (NetworkStack.Entry entry : task.kernel().network().entries()) {
      if (all || entry.listening() == listening) {
        String peer =
            entry.listening() ? "0.0.0.0:*" : entry.peerAddress() + ":" + entry.peerPort();
        output.printLine(
            String.format(
                Locale.ROOT,
                "tcp        0      0 %-23s %-23s %-12s",
                entry.localAddress() + ":" + entry.localPort(),
                peer,
                entry.listening() ? "LISTEN" : "ESTABLISHED"));
      }
    }
    return 0;
  }
}
