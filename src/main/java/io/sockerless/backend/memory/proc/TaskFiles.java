package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code /proc/PID} holds. */
final class TaskFiles {

  /** Linux counts processor time in hundredths of a second. */
  private static final long TICK = Duration.ofMillis(10).toNanos();

  private static final int PAGE = 4_096;
  private static final long NONE = Long.MAX_VALUE;

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
    Map<String, Node> nodes = new TreeMap<>();
    file(nodes, path, "cmdline", () -> joined(task.arguments()));
    file(nodes, path, "comm", () -> command() + "\n");
    file(nodes, path, "environ", () -> joined(environment()));
    file(nodes, path, "stat", this::stat);
    file(nodes, path, "statm", this::statm);
    file(nodes, path, "status", this::status);
    file(nodes, path, "limits", this::limits);
    file(nodes, path, "oom_score_adj", () -> task.kernel().limits().oomScore() + "\n");
    file(nodes, path, "cgroup", () -> "0::/\n");
    file(nodes, path, "mountinfo", mounts::information);
    file(nodes, path, "mounts", mounts::table);
    link(nodes, path, "cwd", () -> task.files().directory());
    link(nodes, path, "root", () -> "/");
    nodes.put("fd", tree.folder(path + "/fd", this::numbers, name -> descriptor(path, name)));
    return tree.folder(path, nodes);
  }

  private void file(
      Map<String, Node> nodes, String path, String name, GeneratedFile.Content content) {
    nodes.put(name, new GeneratedFile(tree, path + "/" + name, content));
  }

  private void link(
      Map<String, Node> nodes, String path, String name, GeneratedFile.Content target) {
    GeneratedFile.Content refused =
        () -> {
          throw Errno.EACCES.exception();
        };
    nodes.put(name, new GeneratedLink(tree, path + "/" + name, foreign ? refused : target));
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
    return "%d (%s) %c %d %d %d %d 0 0 0 0 0 0 %d 0 0 0 20 0 1 0 %d %d %d\n"
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

  private String limits() {
    Limits limits = task.kernel().limits();
    StringBuilder text = new StringBuilder(limit("Limit", "Soft Limit", "Hard Limit", "Units"));
    text.append(limit("Max cpu time", limits.cpuSeconds(), limits.cpuSecondsAtMost(), "seconds"));
    for (String name : new String[] {"file", "data", "stack"}) {
      text.append(limit("Max " + name + " size", NONE, NONE, "bytes"));
    }
    text.append(limit("Max core file size", 0, 0, "bytes"));
    text.append(limit("Max resident set", NONE, NONE, "bytes"));
    text.append(limit("Max processes", limits.processes(), limits.processes(), "processes"));
    text.append(
        limit(
            "Max open files",
            task.descriptors().limit(),
            task.descriptors().limitAtMost(),
            "files"));
    text.append(limit("Max locked memory", NONE, NONE, "bytes"));
    text.append(limit("Max address space", NONE, NONE, "bytes"));
    text.append(limit("Max file locks", NONE, NONE, "locks"));
    text.append(limit("Max pending signals", NONE, NONE, "signals"));
    text.append(limit("Max msgqueue size", NONE, NONE, "bytes"));
    text.append(limit("Max nice priority", 0, 0, ""));
    text.append(limit("Max realtime priority", 0, 0, ""));
    text.append(limit("Max realtime timeout", NONE, NONE, "us"));
    return text.toString();
  }

  private static String limit(String name, long soft, long hard, String unit) {
    return limit(name, shown(soft), shown(hard), unit);
  }

  private static String limit(String name, String soft, String hard, String unit) {
    return "%-25s %-20s %-20s %-10s\n".formatted(name, soft, hard, unit);
  }

  private static String shown(long limit) {
    return limit == NONE ? "unlimited" : Long.toString(limit);
  }

  private String status() {
    Credentials user = task.files().credentials();
    return """
    Name:\t%s
    State:\t%c
    Tgid:\t%d
    Pid:\t%d
    PPid:\t%d
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
    """
        .formatted(
            command(),
            task.state(),
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
            user.privileges().frozen() ? 1 : 0);
  }
}
