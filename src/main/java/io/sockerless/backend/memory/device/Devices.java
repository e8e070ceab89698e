package io.sockerless.backend.memory.device;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.DeviceOpener;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongConsumer;

/**
 * The devices that a container has, by Linux' numbers, and the pipes behind its FIFOs.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/admin-guide/devices.txt">Linux' list of
 *     devices</a>
 */
public final class Devices implements DeviceOpener {

  private static final String FOLDER = "/dev/";

  /** In bytes, what Docker gives it. */
  private static final long SIZE = 64L << 20;

  private static final int NULL = 0x103;
  private static final int ZERO = 0x105;
  private static final int FULL = 0x107;
  private static final int RANDOM = 0x108;
  private static final int URANDOM = 0x109;
  private static final int TERMINAL = 0x500;
  private static final int CONSOLE = 0x501;
  private static final Map<String, Integer> NODES =
      Map.of(
          "null", NULL, "zero", ZERO, "full", FULL, "random", RANDOM, "urandom", URANDOM, "tty",
          TERMINAL);
  private static final Map<String, String> LINKS =
      Map.of(
          "fd", "/proc/self/fd",
          "stdin", "/proc/self/fd/0",
          "stdout", "/proc/self/fd/1",
          "stderr", "/proc/self/fd/2");

  private final Map<Node, Pipe> pipes = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public OpenFile open(Node node, FileStat stat, OpenMode mode) throws IOException {
    if (stat.type() == FileType.FIFO) {
      return openPipe(node, mode);
    }
    if (stat.type() != FileType.CHARACTER) {
      throw Errno.ENXIO.exception();
    }
    return switch ((int) stat.deviceNumber()) {
      case NULL -> new Device(stat, Device.Kind.NULL);
      case ZERO -> new Device(stat, Device.Kind.ZERO);
      case FULL -> new Device(stat, Device.Kind.FULL);
      case RANDOM, URANDOM -> new Device(stat, Device.Kind.RANDOM);
      case TERMINAL, CONSOLE ->
          Task.current().flatMap(Task::terminal).orElseThrow(Errno.ENXIO::exception).open();
      default -> throw Errno.ENXIO.exception();
    };
  }

  private OpenFile openPipe(Node node, OpenMode mode) throws IOException {
    Pipe pipe = pipes.computeIfAbsent(node, it -> new Pipe());
    if (mode.read() && mode.write()) {
      return new FifoFile(pipe.reader(), pipe.writer());
    }
    OpenFile end = mode.write() ? pipe.writer() : pipe.reader();
    boolean opened = false;
    try {
      pipe.awaitBothEnds();
      opened = true;
      return end;
    } finally {
      if (!opened) {
        end.close();
      }
    }
  }

  /** Whether a container has this device, such as {@code /dev/null}. */
  public boolean has(String path) {
    return path.startsWith(FOLDER) && NODES.containsKey(path.substring(FOLDER.length()));
  }

  /**
   * A container's {@code /dev}.
   *
   * @param account of its memory
   * @param more other names that the container wants for devices of these, paths by paths
   */
  public FileTree tree(LongConsumer account, Map<String, String> more) throws IOException {
    MemoryTree tree = new MemoryTree(0755, SIZE, this, account);
    Paths paths = new Paths(new Mounts(tree, false), Credentials.ROOT);
    paths.setUmask(0);
    for (Map.Entry<String, Integer> node : NODES.entrySet()) {
      paths.makeNode("/" + node.getKey(), FileType.CHARACTER, 0666, node.getValue());
    }
    for (Map.Entry<String, String> name : more.entrySet()) {
      if (name.getKey().startsWith(FOLDER)) {
        makeNode(paths, name.getKey().substring(FOLDER.length() - 1), name.getValue());
      }
    }
    paths.makeNode("/console", FileType.CHARACTER, 0620, CONSOLE);
    for (Map.Entry<String, String> link : LINKS.entrySet()) {
      paths.makeLink(link.getValue(), "/" + link.getKey());
    }
    paths.makeDirectory("/pts", 0755);
    paths.makeDirectory("/shm", 01777);
    paths.makeDirectory("/mqueue", 01777);
    return tree;
  }

  /** A container's {@code /dev/pts}: there is one terminal, which is the one of whoever looks. */
  public FileTree terminals(LongConsumer account) throws IOException {
    MemoryTree tree = new MemoryTree("devpts", 0755, 0, this, account);
    Paths paths = new Paths(new Mounts(tree, false), Credentials.ROOT);
    paths.setUmask(0);
    paths.makeNode("/0", FileType.CHARACTER, 0620, TERMINAL);
    return tree;
  }

  /**
   * Makes those of a container's other names that are not in {@code /dev}: among its own files, and
   * even where its root takes no writes. What is there already stays.
   *
   * @param more as in {@link #tree}
   */
  public void makeNodes(Mounts mounts, Map<String, String> more) throws IOException {
    Mounts writable = new Mounts(mounts.of("/").tree(), false);
    mounts.all().stream().filter(it -> !it.target().equals("/")).forEach(writable::add);
    Paths paths = new Paths(writable, Credentials.ROOT);
    paths.setUmask(0);
    for (Map.Entry<String, String> name : more.entrySet()) {
      if (!name.getKey().startsWith(FOLDER)) {
        makeNode(paths, name.getKey(), name.getValue());
      }
    }
  }

  private static void makeNode(Paths paths, String place, String device) throws IOException {
    Integer number = NODES.get(device.substring(FOLDER.length()));
    if (number != null && !paths.exists(place)) {
      for (int i = place.indexOf('/', 1); i > 0; i = place.indexOf('/', i + 1)) {
        if (!paths.exists(place.substring(0, i))) {
          paths.makeDirectory(place.substring(0, i), 0755);
        }
      }
      paths.makeNode(place, FileType.CHARACTER, 0666, number);
    }
  }
}
