package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws the processes as a tree of parents and children; equal branches are drawn once. */
final class Pstree extends Utility {

  /** A drawing of one process: its first line goes on behind its parent's name. */
  private record Branch(List<String> lines) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "p");
    List<String> operands = options.operands(0, 1);
    List<Task> tasks =
        task.kernel().processes().tasks().stream().filter(it -> !it.hasEnded()).toList();
    for (Task root : roots(task, tasks, operands.stream().findFirst())) {
      for (String line : draw(root, tasks, options.has('p')).lines()) {
        output.printLine(line);
      }
    }
    return 0;
  }

  private static List<Task> roots(Task task, List<Task> tasks, Optional<String> wanted)
      throws IOException {
    if (wanted.isEmpty()) {
      return tasks.stream().filter(it -> !hasParent(it, tasks)).toList();
    }
    Optional<Long> pid = Quantities.parse(wanted.get(), 10);
    if (pid.isPresent()) {
      return tasks.stream().filter(it -> it.pid() == pid.get()).toList();
    }
    if (Accounts.of(task.files()).user(wanted.get()).isEmpty()) {
      throw new Failure("unknown user " + wanted.get());
    }
    int uid = Accounts.of(task.files()).uid(wanted.get());
    List<Task> own = tasks.stream().filter(it -> Processes.user(it) == uid).toList();
    return own.stream().filter(it -> !hasParent(it, own)).toList();
  }

  private static boolean hasParent(Task task, List<Task> tasks) {
    return tasks.stream().anyMatch(it -> it.pid() == task.parentPid());
  }

  private static Branch draw(Task task, List<Task> tasks, boolean numbered) {
    String name = Processes.name(task) + (numbered ? "(" + task.pid() + ")" : "");
    Map<Branch, Integer> children = new LinkedHashMap<>();
    tasks.stream()
        .filter(it -> it.parentPid() == task.pid())
        .sorted(Comparator.comparing(Processes::name).thenComparingInt(Task::pid))
        .forEach(it -> children.merge(draw(it, tasks, numbered), 1, Integer::sum));
    if (children.isEmpty()) {
      return new Branch(List.of(name));
    }
    List<String> lines = new ArrayList<>();
    int left = children.size();
    for (Map.Entry<Branch, Integer> child : children.entrySet()) {
      left--;
      boolean first = lines.isEmpty();
      String fork = first ? (left == 0 ? "---" : "-+-") : left == 0 ? " `-" : " |-";
      String more = left == 0 ? "   " : " | ";
      addTo(lines, child, first ? name : " ".repeat(name.length()), fork, more);
    }
    return new Branch(lines);
  }

  private static void addTo(
      List<String> lines,
      Map.Entry<Branch, Integer> child,
      String before,
      String fork,
      String more) {
    String times = child.getValue() > 1 ? child.getValue() + "*[" : "";
    String end = times.isEmpty() ? "" : "]";
    List<String> drawn = child.getKey().lines();
    for (int i = 0; i < drawn.size(); i++) {
      String closing = i == drawn.size() - 1 ? end : "";
      lines.add(
          i == 0
              ? before + fork + times + drawn.get(i) + closing
              : " ".repeat(before.length())
                  + more
                  + " ".repeat(times.length())
                  + drawn.get(i)
                  + closing);
    }
  }
}
