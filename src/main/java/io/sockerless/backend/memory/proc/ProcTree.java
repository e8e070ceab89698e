package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A container's {@code /proc}: what scripts and clients read of it, all of it about the container
 * and nothing of the host's processes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public final class ProcTree implements FileTree {

  private final Kernel kernel;
  private final MountTable mounts;
  private final Map<String, Node> fixed;

  /**
   * The processes of a container.
   *
   * @param mounts what is mounted, asked for when somebody reads it
   * @param sysctls the kernel's settings that the container asked for, by their dotted names
   */
  public ProcTree(Kernel kernel, Supplier<List<Mounts.Mount>> mounts, Map<String, String> sysctls) {
    this.kernel = kernel;
    this.mounts = new MountTable(mounts);
    SystemFiles system = new SystemFiles(this, kernel, this.mounts);
    this.fixed = new TreeMap<>(system.nodes(sysctls));
    fixed.put(
        "self",
        new GeneratedLink(
            this, "/self", () -> Task.current().map(task -> "" + task.pid()).orElse("1")));
  }

  @Override
  public Node root() {
    return folder("/", this::names, this::find);
  }

  private Collection<String> names() {
    List<String> names = new ArrayList<>(fixed.keySet());
    kernel.processes().tasks().forEach(task -> names.add(Integer.toString(task.pid())));
    return names;
  }

  private Optional<Node> find(String name) {
    if (fixed.containsKey(name)) {
      return Optional.ofNullable(fixed.get(name));
    }
    if (name.isEmpty() || name.length() > 9 || !name.chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    return kernel
        .processes()
        .task(Integer.parseInt(name))
        .map(task -> files(task).folder("/" + name));
  }

  /** What is told of a task; another container's has mounts of its own. */
  private TaskFiles files(Task task) {
    return task.kernel() == kernel
        ? new TaskFiles(this, task, false, mounts)
        : new TaskFiles(this, task, true, new MountTable(() -> task.files().mounts().listed()));
  }

  /** A folder of this tree. */
  Node folder(
      String path, Supplier<Collection<String>> names, Function<String, Optional<Node>> find) {
    return new GeneratedFolder(this, path, names, find);
  }

  /** A folder of this tree that always holds the same. */
  Node folder(String path, Map<String, Node> nodes) {
    return folder(path, nodes::keySet, name -> Optional.ofNullable(nodes.get(name)));
  }

  @Override
  public String type() {
    return "proc";
  }

  @Override
  public Usage usage() {
    return new Usage(0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
