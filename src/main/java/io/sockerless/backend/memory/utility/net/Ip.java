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

/**
 * Prints interfaces, addresses and routes. An interface can be taken down and up by who may
 * administer the network; nothing else can be changed from inside.
 */
final class Ip extends Utility {

  private static final int REFUSED = 2;

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
    if (action.equals("set") && !object.isEmpty() && "link".startsWith(object)) {
      set(task, words.subList(1, words.size()));
      return 0;
    }
    words.remove("dev");
    words.remove("up"); // Those that are down are told to be.
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

  private static void set(Task task, List<String> words) throws IOException {
    Optional<String> name = Optional.empty();
    Optional<Boolean> up = Optional.empty();
    for (String word : words) {
      switch (word) {
        case "dev" -> {}
        case "up", "down" -> up = Optional.of(word.equals("up"));
        default -> {
          if (name.isPresent()) {
            throw new Failure(
                REFUSED, "either \"dev\" is duplicate, or \"" + word + "\" is garbage");
          }
          name = Optional.of(word);
        }
      }
    }
    if (name.isEmpty()) {
      throw new Failure("not enough information: \"dev\" argument is required");
    }
    if (up.isPresent()) {
      Interfaces.setUp(task, name.get(), up.get(), REFUSED);
    }
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
        + (loopback ? "<LOOPBACK" : "<BROADCAST,MULTICAST")
        + (it.up() ? ",UP,LOWER_UP>" : ">")
        + " mtu "
        + it.mtu()
        + " qdisc noqueue state "
        + (it.up() ? loopback ? "UNKNOWN" : "UP" : "DOWN")
        + (loopback ? " qlen 1000" : "");
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
      if (it.up() && !it.gateway().isEmpty()) {
        output.printLine("default via " + it.gateway() + " dev " + it.name() + " ");
      }
    }
    for (NetworkStack.Interface it : Interfaces.named(task, Optional.empty())) {
      if (it.up() && !Interfaces.isLoopback(it)) {
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
