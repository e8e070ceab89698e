package io.sockerless.backend.memory.proc;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.kernel.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What {@code /proc/PID} holds. */
final class TaskFiles {

  /** Linux counts processor time in hundredths of a second. */
  private static final long TICK = Duration.ofMillis(10).toNanos();

  private static final int PAGE = 4_096;

  /** Every user of a container is the same one outside. */
  private static final String ALL_IDS = "%10d %10d %10d\n".formatted(0, 0, 0xffffffffL);

  /** Who has logged in where nobody has. */
  private static final String NOBODY = "4294967295";

  private final ProcTree tree;
  private final Task task;
  private final boolean foreign;
  private final MountTable mounts;

  /**
   * Of one task.
   *
   * @param foreign whether it is another container's, whose files no path of this one leads to
   */
  TaskFiles(ProcTree tree, Task task, boolean foreign, MountTable mounts) {
    this.tree = tree;
    this.task = task;
    this.foreign = foreign;
    this.mounts = mounts;
  }

  Node folder(String path) {
    Map<String, Node> nodes = nodes(path);
    String number = Integer.toString(task.pid());
    nodes.put(
        "task",
        tree.folder(
            path + "/task",
            () -> List.of(number),
            name -> name.equals(number) ? Optional.of(thread(path)) : Optional.empty()));
    return owned(path, nodes);
  }

  /** A process has one thread, of which all is told that is told of the process. */
  private Node thread(String path) {
    String own = path + "/task/" + task.pid();
    return owned(own, nodes(own));
  }

  private Node owned(String path, Map<String, Node> nodes) {
    return owned(path, 0555, nodes::keySet, name -> Optional.ofNullable(nodes.get(name)));
  }

  private Map<String, Node> nodes(String path) {
    Map<String, Node> nodes = new TreeMap<>();
    file(nodes, path, "cmdline", () -> joined(task.arguments()));
    file(nodes, path, "comm", () -> command() + "\n");
    file(nodes, path, "environ", 0400, () -> joined(environment()));
    file(nodes, path, "stat", this::stat);
    file(nodes, path, "statm", this::statm);
    file(nodes, path, "status", this::status);
    file(nodes, path, "limits", () -> TaskLimits.table(task));
    file(nodes, path, "loginuid", () -> NOBODY);
    file(nodes, path, "uid_map", () -> ALL_IDS);
    file(nodes, path, "gid_map", () -> ALL_IDS);
    file(nodes, path, "setgroups", () -> "allow\n");
    file(nodes, path, "oom_score_adj", () -> task.kernel().limits().oomScore() + "\n");
    file(nodes, path, "cgroup", () -> "0::/\n");
    file(nodes, path, "mountinfo", mounts::information);
    file(nodes, path, "mounts", mounts::table);
    link(nodes, path, "cwd", () -> task.files().directory());
    link(nodes, path, "root", () -> "/");
    link(nodes, path, "exe", () -> task.executable().orElseThrow(Errno.ENOENT::exception));
    nodes.put("fd", owned(path + "/fd", 0500, this::numbers, name -> descriptor(path, name)));
    nodes.put("ns", namespaces(path + "/ns"));
    return nodes;
  }

  private Node namespaces(String path) {
    Map<String, Node> nodes = new TreeMap<>();
    Namespaces namespaces = new Namespaces(task);
    for (String kind : Namespaces.KINDS) {
      link(nodes, path, kind, () -> namespaces.name(kind));
    }
    return owned(path, 0511, nodes::keySet, name -> Optional.ofNullable(nodes.get(name)));
  }

  private Node owned(
      String path,
      int mode,
      Supplier<Collection<String>> names,
      Function<String, Optional<Node>> find) {
    GeneratedFolder folder = new GeneratedFolder(tree, path, mode, names, find);
    folder.belongTo(this::user);
    return folder;
  }

  private Credentials user() {
    return task.files().credentials();
  }

  private void file(
      Map<String, Node> nodes, String path, String name, GeneratedFile.Content content) {
    file(nodes, path, name, 0444, content);
  }

  private void file(
      Map<String, Node> nodes, String path, String name, int mode, GeneratedFile.Content content) {
    GeneratedFile file = new GeneratedFile(tree, path + "/" + name, mode, content);
    file.belongTo(this::user);
    nodes.put(name, file);
  }

  private void link(
      Map<String, Node> nodes, String path, String name, GeneratedFile.Content target) {
    GeneratedFile.Content guarded =
        () -> {
          if (foreign || !mayLookInto()) {
            throw Errno.EACCES.exception();
          }
          return target.text();
        };
    GeneratedLink link = new GeneratedLink(tree, path + "/" + name, guarded);
    link.belongTo(this::user);
    nodes.put(name, link);
  }

  /** What a process has open and where it is are for its own user, and for who may trace others. */
  private boolean mayLookInto() {
    return Task.current()
        .map(asking -> asking.files().credentials())
        .filter(asking -> asking.uid() != user().uid() && !asking.can(LinuxCapability.SYS_PTRACE))
        .isEmpty();
  }

  private Collection<String> numbers() {
    return task.descriptors().all().keySet().stream().map(String::valueOf).toList();
  }

  private Optional<Node> descriptor(String path, String name) {
    if (name.isEmpty() || name.length() > 6 || !name.chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    int number = Integer.parseInt(name);
    return task.descriptors()
        .find(number)
        .map(file -> new DescriptorNode(tree, path + "/fd/" + name, task, number));
  }

  private static String joined(List<String> texts) {
    return texts.stream().map(text -> text + "\0").collect(Collectors.joining());
  }

  private List<String> environment() {
    // The task's own thread may be changing it; what is told is what it was started with.
    return task.initialEnvironment().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private String command() {
    List<String> arguments = task.arguments();
    String name = arguments.isEmpty() ? "" : arguments.getFirst();
    String base = name.substring(name.lastIndexOf('/') + 1);
    return base.length() > 15 ? base.substring(0, 15) : base;
  }

  private String stat() {
    long ticks = task.cpu().toNanos() / TICK;
    long started = Duration.between(SystemFiles.BOOT, task.started()).toNanos() / TICK;
    int terminal = task.terminal().isPresent() ? 136 << 8 : 0;
    return ("%d (%s) %c %d %d %d %d -1 0 0 0 0 0 %d 0 0 0 20 0 1 0 %d %d %d"
            + " 0".repeat(28)
            + "\n")
        .formatted(
            task.pid(),
            command(),
            task.state(),
            task.parentPid(),
            task.group(),
            task.session(),
            terminal,
            ticks,
            started,
            task.memory(),
            task.memory() / PAGE);
  }

  private String statm() {
    long pages = task.memory() / PAGE;
    return "%d %d 0 0 0 %d 0\n".formatted(pages, pages, pages);
  }

  private String status() {
    Credentials user = user();
    return """
    Name:\t%s
    Umask:\t%04o
    State:\t%s
    Tgid:\t%d
    Pid:\t%d
    PPid:\t%d
    TracerPid:\t0
    Uid:\t%d\t%d\t%d\t%d
    Gid:\t%d\t%d\t%d\t%d
    Groups:\t%s
    VmSize:\t%8d kB
    VmRSS:\t%8d kB
    Threads:\t1
    CapInh:\t%s
    CapPrm:\t%s
    CapEff:\t%s
    CapBnd:\t%s
    CapAmb:\t%s
    NoNewPrivs:\t%d
    Cpus_allowed_list:\t%s
    """
        .formatted(
            command(),
            task.files().umask(),
            state(),
            task.pid(),
            task.pid(),
            task.parentPid(),
            user.uid(),
            user.uid(),
            user.uid(),
            user.uid(),
            user.gid(),
            user.gid(),
            user.gid(),
            user.gid(),
            user.groups().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            task.memory() >> 10,
            task.memory() >> 10,
            user.privileges().inheritable(),
            user.privileges().permitted(),
            user.privileges().permitted(),
            user.privileges().bounding(),
            user.privileges().ambient(),
            user.privileges().frozen() ? 1 : 0,
            processors());
  }

  private String state() {
    return switch (task.state()) {
      case 'R' -> "R (running)";
      case 'T' -> "T (stopped)";
      case 'Z' -> "Z (zombie)";
      default -> "S (sleeping)";
    };
  }

  /** As Linux lists the numbers of processors. */
  private static String processors() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    return last == 0 ? "0" : "0-" + last;
  }
}
