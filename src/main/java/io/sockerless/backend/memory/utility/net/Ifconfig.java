package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the interfaces, and takes one down or up for who may administer the network. */
final class Ifconfig extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "a");
    List<String> operands = options.operands(0, Integer.MAX_VALUE);
    if (operands.size() == 2 && List.of("up", "down").contains(operands.get(1))) {
      Interfaces.setUp(task, operands.getFirst(), operands.get(1).equals("up"), 1);
      return 0;
    }
    if (operands.size() > 1) {
      throw new Failure("SIOCSIFFLAGS: Operation not permitted");
    }
    Optional<String> name = operands.stream().findFirst();
    List<NetworkStack.Interface> found = Interfaces.named(task, name);
    if (found.isEmpty() && name.isPresent()) {
      throw new Failure(name.get() + ": error fetching interface information: Device not found");
    }
    for (NetworkStack.Interface it : found) {
      if (it.up() || name.isPresent() || options.has('a')) {
        output.printLine(describe(it));
      }
    }
    return 0;
  }

  private static String describe(NetworkStack.Interface it) {
    boolean loopback = Interfaces.isLoopback(it);
    String mask = "Mask:" + Interfaces.mask(it.prefixLength());
    return String.format(
        Locale.ROOT,
        """
        %-9s Link encap:%s
                  inet addr:%s  %s%s
                  %s%s  MTU:%d  Metric:1
                  RX packets:%d errors:0 dropped:0 overruns:0 frame:0
                  TX packets:%d errors:0 dropped:0 overruns:0 carrier:0
                  collisions:0 txqueuelen:%d\s
                  RX bytes:%d (%s)  TX bytes:%d (%s)
        """,
        it.name(),
        loopback
            ? "Local Loopback  "
            : "Ethernet  HWaddr " + it.macAddress().toUpperCase(Locale.ROOT) + "  ",
        it.address(),
        loopback ? "" : "Bcast:" + Interfaces.places(it).getFirst().broadcast() + "  ",
        mask,
        (it.up() ? "UP " : "")
            + (loopback ? "LOOPBACK" : "BROADCAST")
            + (it.up() ? " RUNNING" : ""),
        loopback ? "" : " MULTICAST",
        it.mtu(),
        it.packetsReceived(),
        it.packetsSent(),
        loopback ? 1_000 : 0,
        it.bytesReceived(),
        amount(it.bytesReceived()),
        it.bytesSent(),
        amount(it.bytesSent()));
  }

  private static String amount(long bytes) {
    if (bytes >= 1 << 20) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / 1_048_576.0);
    }
    return bytes >= 1_024
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1_024.0)
        : bytes + ".0 B";
  }
}
