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
    if (options.has('r')) {
      Route.print(task, output, options.has('n'), true);
      return 0;
    }
    boolean all = options.has('a');
    boolean listening = options.has('l');
    String which = all ? "servers and established" : listening ? "only servers" : "w/o servers";
    output.printLine("Active Internet connections (" + which + ")");
    output.printLine(
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State       ");
    boolean tcp = options.has('t') || !options.has('u');
    boolean udp = options.has('u') || !options.has('t');
    for (NetworkStack.Entry entry : task.kernel().network().entries()) {
      boolean wanted = entry.protocol() == NetworkStack.Protocol.UDP ? udp : tcp;
      if (wanted && (all || entry.listening() == listening)) {
        output.printLine(line(entry));
      }
    }
    return 0;
  }

  private static String line(NetworkStack.Entry entry) {
    boolean udp = entry.protocol() == NetworkStack.Protocol.UDP;
    String state = entry.listening() ? udp ? "" : "LISTEN" : "ESTABLISHED";
    return String.format(
        Locale.ROOT,
        "%-4s       0      0 %-23s %-23s %-12s",
        udp ? "udp" : "tcp",
        entry.localAddress() + ":" + entry.localPort(),
        entry.listening() ? "0.0.0.0:*" : entry.peerAddress() + ":" + entry.peerPort(),
        state);
  }
}
