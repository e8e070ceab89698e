package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container's interfaces in the words of {@code ip} and {@code ifconfig}. */
final class Interfaces {

  private static final int LINK_LOCAL_PREFIX = 16;

  private Interfaces() {}

  /** Those of a name, all without one. */
  static List<NetworkStack.Interface> named(Task task, Optional<String> name) {
    return task.kernel().network().interfaces().stream()
        .filter(it -> name.isEmpty() || name.get().equals(it.name()))
        .toList();
  }

  /** Takes one up or down. */
  static void setUp(Task task, String name, boolean up, int failed) throws IOException {
    if (named(task, Optional.of(name)).isEmpty()) {
      throw new Failure(failed, "SIOCGIFFLAGS: No such device");
    }
    if (!task.files().credentials().can(LinuxCapability.NET_ADMIN)) {
      throw new Failure(failed, "SIOCSIFFLAGS: Operation not permitted");
    }
    task.kernel().network().setUp(name, up);
  }

  /** Whether it is the loopback. */
  static boolean isLoopback(NetworkStack.Interface it) {
    return it.name().equals("lo");
  }

  /** The dotted mask of a prefix. */
  static String mask(int prefixLength) {
    return dotted(bits(prefixLength));
  }

  /** All addresses of an interface. */
  static List<Place> places(NetworkStack.Interface it) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(it.address(), it.prefixLength()));
    it.linkLocal().forEach(address -> places.add(new Place(address, LINK_LOCAL_PREFIX)));
    return places;
  }

  /** An address, and how many of its bits are its network's. */
  record Place(String address, int prefixLength) {

    /** The network's last address. */
    String broadcast() {
      return dotted(number(address) | ~bits(prefixLength));
    }

    /** The network's first address. */
    String network() {
      return dotted(number(address) & bits(prefixLength));
    }
  }

  private static int bits(int prefixLength) {
    return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
  }

  private static int number(String address) {
    int number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | (Quantities.parse(part, 10).orElse(0L).intValue() & 0xff);
    }
    return number;
  }

  private static String dotted(int number) {
    return (number >>> 24)
        + "."
        + (number >> 16 & 0xff)
        + "."
        + (number >> 8 & 0xff)
        + "."
        + (number & 0xff);
  }
}
