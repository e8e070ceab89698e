package io.sockerless.backend.memory.proc;

import io.sockerless.backend.core.driver.MachineMemory;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code /proc} says of the container as a whole: memory, processors, mounts, network. */
final class SystemFiles {

  /** When the machine, as a container sees it, was started: with the server. */
  static final Instant BOOT =
      Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());

  private static final String FILE_SYSTEMS =
      "nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup2\nnodev\toverlay\n";

  private static final int STATE_LISTEN = 10;
  private static final int STATE_UNCONNECTED = 7;
  private static final int STATE_ESTABLISHED = 1;

  private final ProcTree tree;
  private final Kernel kernel;
  private final MountTable mounts;

  SystemFiles(ProcTree tree, Kernel kernel, MountTable mounts) {
    this.tree = tree;
    this.kernel = kernel;
    this.mounts = mounts;
  }

  Map<String, Node> nodes(Map<String, String> sysctls) {
    Map<String, Node> nodes = new TreeMap<>();
    file(nodes, "", "mounts", mounts::table);
    file(nodes, "", "filesystems", () -> FILE_SYSTEMS);
    file(nodes, "", "cgroups", SystemFiles::controlGroups);
    file(nodes, "", "meminfo", this::memory);
    file(nodes, "", "cpuinfo", SystemFiles::processors);
    file(nodes, "", "uptime", SystemFiles::uptime);
    file(nodes, "", "loadavg", this::load);
    file(nodes, "", "stat", this::stat);
    file(nodes, "", "version", () -> "Linux version " + release() + " (sockerless)\n");
    nodes.put("net", tree.folder("/net", network()));
    nodes.put("sys", folder("/sys", settings(sysctls)));
    return nodes;
  }

  private void file(
      Map<String, Node> nodes, String folder, String name, GeneratedFile.Content content) {
    nodes.put(name, new GeneratedFile(tree, folder + "/" + name, content));
  }

  /** The kernel's settings by their dotted names, with those that the container asked for. */
  private Map<String, GeneratedFile.Content> settings(Map<String, String> asked) {
    Map<String, GeneratedFile.Content> settings = new TreeMap<>();
    settings.put("kernel.hostname", () -> kernel.hostname() + "\n");
    settings.put("kernel.ostype", () -> "Linux\n");
    settings.put("kernel.osrelease", () -> release() + "\n");
    settings.put("kernel.pid_max", () -> "4194304\n");
    settings.put("kernel.random.uuid", () -> UUID.randomUUID() + "\n");
    settings.put("kernel.random.boot_id", () -> new UUID(0, BOOT.toEpochMilli()) + "\n");
    // Entry points warn of lower values or refuse to start; nothing here is limited by them.
    settings.put("fs.file-max", () -> Long.MAX_VALUE + "\n");
    settings.put("net.core.somaxconn", () -> "4096\n");
    settings.put("vm.max_map_count", () -> "262144\n");
    settings.put("vm.overcommit_memory", () -> "1\n");
    settings.put("net.ipv4.ip_unprivileged_port_start", () -> "0\n");
    settings.put("net.ipv4.ping_group_range", () -> "0\t2147483647\n");
    asked.forEach((name, value) -> settings.put(name, () -> value + "\n"));
    return settings;
  }

  /** A folder of settings, those with a dot in their name in folders of it. */
  private Node folder(String path, Map<String, GeneratedFile.Content> settings) {
    Map<String, Node> nodes = new TreeMap<>();
    Map<String, Map<String, GeneratedFile.Content>> folders = new TreeMap<>();
    settings.forEach((name, content) -> {
      int dot = name.indexOf('.');
      if (dot < 0) {
        file(nodes, path, name, content);
      } else {
        folders
            .computeIfAbsent(name.substring(0, dot), _ -> new TreeMap<>())
            .put(name.substring(dot + 1), content);
      }
    });
    folders.forEach((name, inside) -> nodes.put(name, folder(path + "/" + name, inside)));
    return tree.folder(path, nodes);
  }

  private Map<String, Node> network() {
    Map<String, Node> nodes = new TreeMap<>();
    file(nodes, "/net", "tcp", () -> sockets(NetworkStack.Protocol.TCP, STATE_LISTEN));
    file(nodes, "/net", "tcp6", () -> HEADER);
    file(nodes, "/net", "udp", () -> sockets(NetworkStack.Protocol.UDP, STATE_UNCONNECTED));
    file(nodes, "/net", "udp6", () -> HEADER);
    file(nodes, "/net", "dev", this::interfaces);
    file(nodes, "/net", "route", this::routes);
    return nodes;
  }

  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";

  private String sockets(NetworkStack.Protocol protocol, int listening) {
    StringBuilder text = new StringBuilder(HEADER);
    int line = 0;
    for (NetworkStack.Entry entry : kernel.network().entries()) {
      if (entry.protocol() != protocol) {
        continue;
      }
      text.append(
          "%4d: %s %s %02X 00000000:00000000 00:00000000 00000000     0        0 %d 1\n"
              .formatted(
                  line,
                  address(entry.localAddress(), entry.localPort()),
                  address(entry.peerAddress(), entry.peerPort()),
                  entry.listening() ? listening : STATE_ESTABLISHED,
                  10_000 + line));
      line++;
    }
    return text.toString();
  }

  private static String address(String address, int port) {
    String hex =
        List.of(address.split("\\.")).reversed().stream()
            .map(part -> "%02X".formatted(Integer.parseInt(part)))
            .collect(Collectors.joining());
    return hex + ":%04X".formatted(port);
  }

  private String interfaces() {
    StringBuilder text =
        new StringBuilder(
            "Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes   "
                + " packets errs drop fifo colls carrier compressed\n");
    for (NetworkStack.Interface it : kernel.network().interfaces()) {
      text.append(
          "%6s: %7d %7d    0    0    0     0          0         0 %8d %7d    0    0    0     0       0"
              .formatted(
                  it.name(),
                  it.bytesReceived(),
                  it.packetsReceived(),
                  it.bytesSent(),
                  it.packetsSent()));
      text.append("          0\n");
    }
    return text.toString();
  }

  private String routes() {
    StringBuilder text =
        new StringBuilder(
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow"
                + "\tIRTT\n");
    for (NetworkStack.Interface it : kernel.network().interfaces()) {
      if (it.up() && !it.gateway().isEmpty()) {
        text.append(
            "%s\t00000000\t%s\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
                .formatted(it.name(), address(it.gateway(), 0).substring(0, 8)));
      }
    }
    return text.toString();
  }

  /** All of them are in the one hierarchy of version 2, which has the number 0. */
  private static String controlGroups() {
    return Stream.of("cpuset", "cpu", "memory", "pids")
        .map(name -> name + "\t0\t1\t1\n")
        .collect(Collectors.joining("", "#subsys_name\thierarchy\tnum_cgroups\tenabled\n", ""));
  }

  private String memory() {
    long total = Math.min(MachineMemory.bytes(), kernel.limits().memory());
    long free = Math.max(0, total - kernel.memory().used());
    return """
    MemTotal:       %8d kB
    MemFree:        %8d kB
    MemAvailable:   %8d kB
    Buffers:               0 kB
    Cached:                0 kB
    SwapTotal:             0 kB
    SwapFree:              0 kB
    """
        .formatted(total / 1024, free / 1024, free / 1024);
  }

  private static String processors() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      text.append("processor\t: %d\nmodel name\t: JVM %s\n\n".formatted(i, Runtime.version()));
    }
    return text.toString();
  }

  private static String uptime() {
    double seconds = Duration.between(BOOT, Instant.now()).toMillis() / 1000.0;
    return "%.2f %.2f\n".formatted(seconds, seconds);
  }

  private String load() {
    long running = kernel.processes().tasks().stream().filter(task -> task.state() == 'R').count();
    int all = kernel.processes().tasks().size();
    double load = Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return "%.2f %.2f %.2f %d/%d %d\n".formatted(load, load, load, running, all, all);
  }

  private String stat() {
    long ticks = kernel.cpu().toMillis() / 10;
    return "cpu  %d 0 0 0 0 0 0 0 0 0\nbtime %d\nprocesses %d\n"
        .formatted(ticks, BOOT.getEpochSecond(), kernel.processes().tasks().size());
  }

  /** What {@code uname -r} prints: Linux' own where the server runs on it. */
  static String release() {
    return System.getProperty("os.version", "0");
  }
}
