package io.sockerless.example.machines;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names by which machines reach each other. All are on this host's network, so that each name
 * is one of the host's own address; which names a machine knows is for its networks to say.
 */
final class Neighbours {

  /** The file in a container's folder that is its {@code /etc/hosts}. */
  static final String FILE = "hosts";

  private static final String ADDRESS = "127.0.0.1";

  private final Map<String, ContainerSpec> machines = new LinkedHashMap<>();

  /** One more machine: it and those on its networks know each other by name. */
  synchronized void add(ContainerSpec container) throws IOException {
    machines.put(container.id(), container);
    for (ContainerSpec each : machines.values()) {
      write(each);
    }
  }

  /** A machine has ended; its name leads nowhere, until it is back. */
  synchronized void remove(String id) {
    machines.remove(id);
  }

  private void write(ContainerSpec container) throws IOException {
    Set<String> names = new TreeSet<>();
    for (ContainerSpec other : machines.values()) {
      if (!isApart(container, other)) {
        names.add(other.hostname());
        other.networks().forEach(endpoint -> names.addAll(endpoint.aliases()));
      }
    }
    StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost\n");
    names.forEach(name -> hosts.append(ADDRESS + "\t").append(name).append('\n'));
    container.hosts().forEach((name, address) -> hosts.append(address + "\t" + name + "\n"));
    // Written in place: the machine has this very file mounted.
    Path file = container.folder().resolve(FILE);
    Files.writeString(file, hosts);
  }

  private static boolean isApart(ContainerSpec one, ContainerSpec other) {
    Set<String> networks =
        one.networks().stream().map(NetworkEndpoint::networkId).collect(Collectors.toSet());
    return !one.id().equals(other.id())
        && other.networks().stream().noneMatch(it -> networks.contains(it.networkId()));
  }
}
