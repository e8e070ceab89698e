package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints interfaces, addresses and routes; nothing can be changed from inside. */
final class Ip extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    boolean oneLine = words.contains("-o") || words.contains("-oneline");
    boolean onlyAddresses = words.remove("-4");
    words.removeIf(word -> word.startsWith("-"));
    String object = words.isEmpty() ? "" : words.removeFirst();
    String action = words.isEmpty() ? "show" : words.getFirst();
    boolean shows = "show".startsWith(action) || "list".startsWith(action) || action.equals("ls");
    if (shows && !words.isEmpty()) {
      words.removeFirst();
    }
    words.remove("dev");
    words.remove("up"); // As all interfaces are.
    Optional<String> name = words.isEmpty() ? Optional.empty() : Optional.of(words.getFirst());
    if (object.isEmpty()) {
      throw new Failure("missing operand: address, link or route");
    }
    if (!shows) {
      throw new Failure("RTNETLINK answers: Operation not permitted");
    }
    if ("address".startsWith(object) || object.equals("addr")) {
      addresses(task, output, name, oneLine, onlyAddresses);
    } else if ("link".startsWith(object)) {
      links(task, output, name);
    } else if ("route".startsWith(object)) {
      routes(task, output);
    } else {
      throw new Failure("missing operand: '" + object + "' is none of address, link, route");
    }
    return 0;
  }

  private static List<NetworkStack.Interface> found(Task task, Optional<String> name)
      throws Failure {
    List<NetworkStack.Interface> found = Interfaces.named(task, name);
    if (found.isEmpty() && name.isPresent()) {
      throw new Failure("can't find device '" + name.get() + "'");
    }
    return found;
  }

  private static String head(Task task, NetworkStack.Interface it) {
    int index = task.kernel().network().interfaces().indexOf(it) + 1;
    boolean loopback = Interfaces.isLoopback(it);
    return index
        + ": "
        + it.name()
        + ": "
        + (loopback ? "<LOOPBACK,UP,LOWER_UP>" : "<BROADCAST,MULTICAST,UP,LOWER_UP>")
        + " mtu "
        + it.mtu()
        + " qdisc noqueue state "
        + (loopback ? "UNKNOWN qlen 1000" : "UP");
  }

  private static String link(NetworkStack.Interface it) {
    return Interfaces.isLoopback(it)
        ? "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00"
        : "    link/ether " + it.macAddress() + " brd ff:ff:ff:ff:ff:ff";
  }

  private static String address(NetworkStack.Interface it, Interfaces.Place place) {
    boolean loopback = Interfaces.isLoopback(it);
    return "    inet "
        + place.address()
        + "/"
        + place.prefixLength()
        + (loopback ? "" : " brd " + place.broadcast())
        + " scope "
        + (loopback ? "host " : "global ")
        + it.name();
  }

  private static void addresses(
      Task task, Output output, Optional<String> name, boolean oneLine, boolean onlyAddresses)
      throws IOException {
    for (NetworkStack.Interface it : found(task, name)) {
      if (oneLine) {
        int index = task.kernel().network().interfaces().indexOf(it) + 1;
        for (Interfaces.Place place : Interfaces.places(it)) {
          output.printLine(index + ": " + it.name() + address(it, place));
        }
        continue;
      }
      output.printLine(head(task, it));
      if (!onlyAddresses) {
        output.printLine(link(it));
      }
      for (Interfaces.Place place : Interfaces.places(it)) {
        output.printLine(address(it, place));
        output.printLine("       valid_lft forever preferred_lft forever");
      }
    }
  }

  private static void links(Task task, Output output, Optional<String> name) throws IOException {
    for (NetworkStack.Interface it : found(task, name)) {
      output.printLine(head(task, it));
      output.printLine(link(it));
    }
  }

  private static void routes(Task task, Output output) throws IOException {
    for (NetworkStack.Interface it : Interfaces.named(task, Optional.empty())) {
      if (!it.gateway().isEmpty()) {
        output.printLine("default via " + it.gateway() + " dev " + it.name() + " ");
      }
    }
    for (NetworkStack.Interface it : Interfaces.named(task, Optional.empty())) {
      if (!Interfaces.isLoopback(it)) {
        for (Interfaces.Place place : Interfaces.places(it)) {
          output.printLine(route(it, place));
        }
      }
    }
  }

  private static String route(NetworkStack.Interface it, Interfaces.Place place) {
    return "%s/%d dev %s scope link  src %s "
        .formatted(place.network(), place.prefixLength(), it.name(), place.address());
  }
}
