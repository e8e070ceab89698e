package io.sockerless.backend.core.dockerfile;

import io.sockerless.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ports that {@code EXPOSE} names. */
final class Ports {

  private static final int MAX = 65_535;
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

  private Ports() {}

  /**
   * Each as {@code port/protocol}, ranges one by one.
   *
   * @throws EngineException.InvalidParameter in dockerd's words
   */
  static List<String> of(List<String> written) {
    List<String> ports = new ArrayList<>();
    for (String port : written) {
      String[] parts = port.split("/", 2);
      String protocol = parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "tcp";
      String inside = parts[0].substring(parts[0].lastIndexOf(':') + 1);
      if (inside.isEmpty()) {
        throw new EngineException.InvalidParameter("No port specified: " + port + "<empty>");
      }
      String[] range = inside.split("-", 2);
      int first = number(range[0], inside);
      int last = range.length > 1 ? number(range[1], inside) : first;
      if (last < first) {
        throw new EngineException.InvalidParameter("Invalid containerPort: " + inside);
      }
      if (!PROTOCOLS.contains(protocol)) {
        throw new EngineException.InvalidParameter("Invalid proto: " + protocol);
      }
      for (int number = first; number <= last; number++) {
        ports.add(number + "/" + protocol);
      }
    }
    return ports;
  }

  private static int number(String text, String written) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX) {
      return Integer.parseInt(text);
    }
    throw new EngineException.InvalidParameter("Invalid containerPort: " + written);
  }
}
