package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the tasks of one running container share: their table, limits, network, host name. */
public final class Kernel {

  private final String name;
  private volatile String hostname;
  private final ProgramLoader loader;
  private final NetworkStack network;
  private final Limits limits;
  private final MemoryAccount memory;
  private final Map<Integer, Task> tasks = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastPid = new AtomicInteger();
  private final AtomicLong pastCpu = new AtomicLong();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean throttled;

  /**
   * A container without a task yet.
   *
   * @param name for the names of threads, such as a short id
   */
  public Kernel(
      String name, String hostname, ProgramLoader loader, NetworkStack network, Limits limits) {
    this.name = name;
    this.hostname = hostname;
    this.loader = loader;
    this.network = network;
    this.limits = limits;
    this.memory = new MemoryAccount(limits);
    limits.onChange(this::watchProcessor);
  }

  /** What its threads are named by. */
  public String name() {
    return name;
  }

  /** What {@code hostname} prints. */
  public String hostname() {
    return hostname;
  }

  /** Changes what {@code hostname} prints. */
  public void setHostname(String hostname) {
    this.hostname = hostname;
  }

  /** What finds a file's program. */
  public ProgramLoader loader() {
    return loader;
  }

  /** What its tasks reach and serve. */
  public NetworkStack network() {
    return network;
  }

  /** What it may use. */
  public Limits limits() {
    return limits;
  }

  /** What memory it uses. */
  public MemoryAccount memory() {
    return memory;
  }

  /** All tasks, those that ended and were not waited for included, by their number. */
  public List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The task of a number. */
  public Optional<Task> task(int pid) {
    return Optional.ofNullable(tasks.get(pid));
  }

  /**
   * Starts a task that no task of the container has started: the first one, or an exec.
   *
   * @param descriptors taken over
   */
  public Task start(
      List<String> arguments,
      Map<String, String> environment,
      Paths files,
      Descriptors descriptors,
      Program setup,
      Program program)
      throws IOException {
    Task task = newTask(Optional.empty(), arguments, environment, files, descriptors);
    task.launch(it -> {
      int code = setup.run(it);
      return code == 0 ? program.run(it) : code;
    });
    return task;
  }

  Task newTask(
      Optional<Task> parent,
      List<String> arguments,
      Map<String, String> environment,
      Paths files,
      Descriptors descriptors)
      throws IOException {
    if (hasEnded() || tasks.size() >= limits.processes()) {
      descriptors.closeAll();
      throw Errno.EAGAIN.exception();
    }
    int pid = lastPid.incrementAndGet();
    Task task = new Task(this, pid, parent, arguments, environment, files, descriptors);
    tasks.put(pid, task);
    if (pid == 1) {
      watchProcessor();
    }
    return task;
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

  /** The processor time that all tasks have used. */
  public Duration cpu() {
    Duration running = tasks.values().stream().map(Task::cpu).reduce(Duration.ZERO, Duration::plus);
    return running.plusNanos(pastCpu.get());
  }

  /** Whether somebody has paused the container. */
  public boolean isPaused() {
    return paused;
  }

  /** Whether all tasks are to stand still: paused, or out of processor time for now. */
  boolean isHeld() {
    return paused || throttled;
  }

  /** Lets all tasks stand still until they may use the processor again. */
  void throttle(boolean now) {
    throttled = now;
    if (!now) {
      tasks.values().forEach(Task::wake);
    }
  }

  private void watchProcessor() {
    if (limits.needsWatching() && watching.compareAndSet(false, true)) {
      Thread.ofVirtual().name(name + "/cpu").start(new ProcessorWatch(this));
    }
  }

  /** Whether the first task has ended, and with it all others. */
  boolean hasEnded() {
    return task(1).filter(Task::hasEnded).isPresent();
  }

  /** Lets all tasks stand still at their next step. */
  public void pause() {
    paused = true;
  }

  /** Lets them go on. */
  public void resume() {
    paused = false;
    tasks.values().forEach(Task::wake);
  }

  /** A task has ended; with the first one, all others do. */
  void ended(Task task) {
    for (Task other : tasks.values()) {
      if (other.isChildOf(task)) {
        other.orphan();
        if (other.hasEnded()) {
          reap(other);
        }
      }
    }
    if (!task.hasParent()) {
      reap(task);
    }
    if (task.pid() == 1) {
      tasks.values().forEach(other -> other.signalFromOutside(Signal.KILL));
    }
  }

  /** Somebody has waited for a task that ended. */
  void reap(Task task) {
    if (task.pid() != 1 && tasks.remove(task.pid()) != null) {
      pastCpu.addAndGet(task.cpu().toNanos());
    }
  }
}
