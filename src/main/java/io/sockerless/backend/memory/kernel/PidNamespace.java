package io.sockerless.backend.memory.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tasks that see each other, by their numbers: those of one container, and of others that have
 * joined it. The end of the task with number 1 ends them all.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pid_namespaces.7.html">pid_namespaces(7)</a>
 */
public final class PidNamespace {

  /** The number of the task that all others depend on. */
  static final int FIRST = 1;

  private final Map<Integer, Task> tasks = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastPid = new AtomicInteger();

  /** All tasks, those that ended and were not waited for included, by their number. */
  public List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The task of a number. */
  public Optional<Task> task(int pid) {
    return Optional.ofNullable(tasks.get(pid));
  }

  /** Sends a signal to all tasks of a process group; tells whether there was one. */
  public boolean signalGroup(int group, Signal signal) {
    boolean any = false;
    for (Task task : tasks.values()) {
      if (task.group() == group && !task.hasEnded()) {
        task.signal(signal);
        any = true;
      }
    }
    return any;
  }

  /** Whether the first task has ended, and with it all others. */
  boolean hasEnded() {
    return task(FIRST).filter(Task::hasEnded).isPresent();
  }

  int nextPid() {
    return lastPid.incrementAndGet();
  }

  void add(Task task) {
    tasks.put(task.pid(), task);
  }

  /** Forgets a task; tells whether it was there. The first one stays, for it tells the end. */
  boolean remove(Task task) {
    return task.pid() != FIRST && tasks.remove(task.pid()) != null;
  }
}
