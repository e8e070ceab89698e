package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code /sys/class/net}: the interfaces that the container has at the moment, as scripts read them
 * that know no {@code ip}.
 *
 * @see <a
 *     href="https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-net">sysfs-class-net
 *     </a>
 */
record InterfaceFiles(FileTree tree, NetworkStack network) {

  private static final String PATH = "/class/net/";

  private static final Map<String, Function<NetworkStack.Interface, String>> FILES =
      Map.of(
          "address", it -> isLoopback(it) ? "00:00:00:00:00:00" : it.macAddress(),
          "mtu", it -> Integer.toString(it.mtu()),
          "operstate", it -> it.up() ? isLoopback(it) ? "unknown" : "up" : "down",
          "carrier", it -> it.up() ? "1" : "0",
          "type", it -> isLoopback(it) ? "772" : "1");

  private static final Map<String, Function<NetworkStack.Interface, String>> STATISTICS =
      Map.of(
          "rx_bytes", it -> Long.toString(it.bytesReceived()),
          "rx_packets", it -> Long.toString(it.packetsReceived()),
          "tx_bytes", it -> Long.toString(it.bytesSent()),
          "tx_packets", it -> Long.toString(it.packetsSent()));

  /** The folder. */
  Node folder() {
    return new GeneratedFolder(tree, PATH, this::names, this::folderOf);
  }

  private Collection<String> names() {
    return network.interfaces().stream().map(NetworkStack.Interface::name).toList();
  }

  private Optional<NetworkStack.Interface> named(String name) {
    return network.interfaces().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  private Optional<Node> folderOf(String name) {
    String path = PATH + name + "/";
    return named(name)
        .map(it -> {
          Node statistics = files(path + "statistics/", name, STATISTICS, Optional.empty());
          return files(path, name, FILES, Optional.of(statistics));
        });
  }

  private Node files(
      String path,
      String name,
      Map<String, Function<NetworkStack.Interface, String>> contents,
      Optional<Node> statistics) {
    List<String> names =
        statistics.isPresent()
            ? Stream.concat(contents.keySet().stream(), Stream.of("statistics")).sorted().toList()
            : contents.keySet().stream().sorted().toList();
    return new GeneratedFolder(
        tree,
        path,
        () -> names,
        file -> {
          Function<NetworkStack.Interface, String> content = contents.get(file);
          return content == null
              ? statistics.filter(_ -> file.equals("statistics"))
              : Optional.of(
                  new GeneratedFile(
                      tree, path + file, () -> named(name).map(content).orElse("") + "\n"));
        });
  }

  private static boolean isLoopback(NetworkStack.Interface it) {
    return it.name().equals("lo");
  }
}
