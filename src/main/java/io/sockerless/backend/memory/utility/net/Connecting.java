package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Connects as utilities do, with their words for what fails. */
final class Connecting {

  private Connecting() {}

  /** The first address of a name, or the address itself. */
  static String address(Task task, String host) throws Failure {
    if (host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return host;
    }
    List<String> addresses = task.kernel().network().resolve(host);
    if (addresses.isEmpty()) {
      throw new Failure("bad address '" + host + "'");
    }
    return addresses.getFirst();
  }

  /** Connects to a port of a name or an address. */
  static NetworkStack.Socket connect(Task task, String host, int port, Duration timeout)
      throws IOException {
    String address = address(task, host);
    try {
      return task.kernel().network().connect(address, port, timeout);
    } catch (PosixException e) {
      throw Failure.of(1, "can't connect to remote host (" + address + ")", e);
    }
  }

  /** A port by its number, or by the name of a service. */
  static int port(String text) throws Failure {
    int port =
        switch (text) {
          case "http" -> 80;
          case "https" -> 443;
          case "ssh" -> 22;
          case "ftp" -> 21;
          case "smtp" -> 25;
          case "domain" -> 53;
          case "postgresql" -> 5432;
          case "mysql" -> 3306;
          default -> (int) Math.min(Quantities.parse(text, 10).orElse(-1L), 65_536);
        };
    if (port < 0 || port > 65_535) {
      throw new Failure("bad port '" + text + "'");
    }
    return port;
  }
}
