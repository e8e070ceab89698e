package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints the routes, in which scripts look for the address of the host; nothing can be changed from
 * inside.
 */
final class Route extends Utility {

  private static final String ANY = "0.0.0.0";

  /** One way to somewhere. */
  private record Way(String destination, String gateway, String mask, String name) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "neA:");
    if (!options.operands().isEmpty()) {
      throw new Failure("SIOCADDRT: Operation not permitted");
    }
    print(task, output, options.has('n'), options.has('e'));
    return 0;
  }

  /**
   * Prints the table.
   *
   * @param numeric whether well-known addresses stay numbers
   * @param windows whether TCP's settings stand in the place of metrics
   */
  static void print(Task task, Output output, boolean numeric, boolean windows) throws IOException {
    output.printLine("Kernel IP routing table");
    output.printLine(
        "Destination     Gateway         Genmask         Flags "
            + (windows ? "  MSS Window  irtt Iface" : "Metric Ref    Use Iface"));
    for (Way way : ways(task)) {
      boolean direct = way.gateway().equals(ANY);
      output.printLine(
          String.format(
              Locale.ROOT,
              windows
                  ? "%-15s %-15s %-16s%-6s    0 0          0 %s"
                  : "%-15s %-15s %-16s%-6s0      0        0 %s",
              numeric || !way.destination().equals(ANY) ? way.destination() : "default",
              numeric || !direct ? way.gateway() : "*",
              way.mask(),
              direct ? "U" : "UG",
              way.name()));
    }
  }

  private static List<Way> ways(Task task) {
    List<Way> ways = new ArrayList<>();
    List<NetworkStack.Interface> interfaces = Interfaces.named(task, Optional.empty());
    for (NetworkStack.Interface it : interfaces) {
      if (it.up() && !it.gateway().isEmpty()) {
        ways.add(new Way(ANY, it.gateway(), ANY, it.name()));
      }
    }
    for (NetworkStack.Interface it : interfaces) {
      if (it.up() && !Interfaces.isLoopback(it)) {
        for (Interfaces.Place place : Interfaces.places(it)) {
          String mask = Interfaces.mask(place.prefixLength());
          ways.add(new Way(place.network(), ANY, mask, it.name()));
        }
      }
    }
    return ways;
  }
}
