package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What the tasks of one running container share: limits, network, host name, whom they see. */
public final class Kernel {

  private final String name;
  private volatile String hostname;
  private final ProgramLoader loader;
  private final NetworkStack network;
  private final Limits limits;
  private final MemoryAccount memory;
  private final PidNamespace processes;
  private volatile Optional<Task> first = Optional.empty();
  private final AtomicLong pastCpu = new AtomicLong();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean throttled;

  /**
   * A container without a task yet.
   *
   * @param name for the names of threads, such as a short id
   * @param processes its own, or those of the container that it joins
   */
  public Kernel(
      String name,
      String hostname,
      ProgramLoader loader,
      NetworkStack network,
      Limits limits,
      PidNamespace processes) {
    this.name = name;
    this.hostname = hostname;
    this.loader = loader;
    this.network = network;
    this.limits = limits;
    this.processes = processes;
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

  /** The tasks that its own ones see: theirs, and those of containers that they share with. */
  public PidNamespace processes() {
    return processes;
  }

  /** Its own tasks, those that ended and were not waited for included, by their number. */
  public List<Task> tasks() {
    return processes.tasks().stream().filter(task -> task.kernel() == this).toList();
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
    if (hasEnded() || tasks().size() >= limits.processes()) {
      descriptors.closeAll();
      throw Errno.EAGAIN.exception();
    }
    Task task =
        new Task(this, processes.nextPid(), parent, arguments, environment, files, descriptors);
    processes.add(task);
    if (first.isEmpty()) {
      first = Optional.of(task);
      watchProcessor();
    }
    if (hasEnded()) {
      // What has ended them all may not have seen this one.
      processes.remove(task);
      descriptors.closeAll();
      throw Errno.EAGAIN.exception();
    }
    return task;
  }

  /** The processor time that all tasks have used. */
  public Duration cpu() {
    Duration running = tasks().stream().map(Task::cpu).reduce(Duration.ZERO, Duration::plus);
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
      tasks().forEach(Task::wake);
    }
  }

  private void watchProcessor() {
    if (limits.needsWatching() && watching.compareAndSet(false, true)) {
      Thread.ofVirtual().name(name + "/cpu").start(new ProcessorWatch(this));
    }
  }

  /** Whether its first task has ended, or the first that it sees, and with it all others. */
  boolean hasEnded() {
    return processes.hasEnded() || first.filter(Task::hasEnded).isPresent();
  }

  /** Lets all tasks stand still at their next step. */
  public void pause() {
    paused = true;
  }

  /** Lets them go on. */
  public void resume() {
    paused = false;
    tasks().forEach(Task::wake);
  }

  /** A task has ended; with the first one, all others do. */
  void ended(Task task) {
    for (Task other : tasks()) {
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
    if (task.pid() == PidNamespace.FIRST) {
      processes.tasks().forEach(other -> other.signalFromOutside(Signal.KILL));
    } else if (first.filter(it -> it == task).isPresent()) {
      kill();
    }
  }

  /** Ends all its own tasks. */
  public void kill() {
    tasks().forEach(task -> task.signalFromOutside(Signal.KILL));
  }

  /** Somebody has waited for a task that ended. */
  void reap(Task task) {
    if (processes.remove(task)) {
      pastCpu.addAndGet(task.cpu().toNanos());
    }
  }
}
