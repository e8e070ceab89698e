package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One process of a container: a program on a thread of its own, with what Linux keeps for a
 * process. Arguments, environment, files and descriptors belong to the task's own thread; signals
 * may come from any.
 *
 * <p>A task that is killed has ended at that moment for everybody else: its descriptors are closed
 * and its exit code is told, whatever its thread is doing; the thread unwinds at its next {@link
 * #checkpoint}, read or write.
 */
public final class Task {

  /** What becomes of a signal. */
  public enum Disposition {
    /** What {@link Signal#effect} says; nothing for the first task of a container. */
    DEFAULT,
    /** Nothing. */
    IGNORE,
    /** It is kept for {@link #takeCaught}, and interrupts what blocks with {@link Errno#EINTR}. */
    CATCH
  }

  private final Kernel kernel;
  private final int pid;
  private final Descriptors descriptors;
  private final Instant started = Instant.now();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final Map<String, String> environment;
  private volatile Map<String, String> initialEnvironment;
  private final SignalTable signals = new SignalTable();
  private final Checkpoint checkpoint;
  private final Family family;
  private volatile int group;
  private volatile int session;
  private volatile Optional<Terminal> terminal = Optional.empty();
  private volatile List<String> arguments;
  private volatile Optional<String> executable;
  private volatile Paths files;
  private final AtomicLong held = new AtomicLong();
  private volatile Duration cpuAtEnd = Duration.ZERO;
  private volatile Optional<Signal> killer = Optional.empty();
  private volatile Optional<TaskThread> thread = Optional.empty();

  Task(
      Kernel kernel,
      int pid,
      Optional<Task> parent,
      List<String> arguments,
      Map<String, String> environment,
      Paths files,
      Descriptors descriptors) {
    this.kernel = kernel;
    this.pid = pid;
    this.checkpoint = new Checkpoint(kernel, end);
    this.family = new Family(parent);
    this.executable = parent.flatMap(Task::executable);
    this.arguments = List.copyOf(arguments);
    this.environment = new LinkedHashMap<>(environment);
    this.initialEnvironment = Map.copyOf(environment);
    this.files = files;
    this.descriptors = descriptors;
    this.group = parent.map(Task::group).orElse(pid);
    this.session = parent.map(Task::session).orElse(pid);
    parent.ifPresent(task -> this.terminal = task.terminal);
    parent.ifPresent(task -> signals.inheritIgnored(task.signals));
  }

  /** Takes note of memory that its program keeps, or has given back if negative. */
  void hold(long bytes) {
    held.addAndGet(bytes);
  }

  /** What its program keeps of what a container decides the size of, in bytes. */
  public long memory() {
    return hasEnded() ? 0 : Math.max(0, held.get());
  }

  /** The task whose thread asks; none for a thread of the server. */
  public static Optional<Task> current() {
    return Thread.currentThread() instanceof TaskThread thread
        ? Optional.of(thread.task())
        : Optional.empty();
  }

  /** The container it runs in. */
  public Kernel kernel() {
    return kernel;
  }

  /** Its number in the container. */
  public int pid() {
    return pid;
  }

  /** The number of the task that started it, 0 for none that it sees. */
  public int parentPid() {
    return family.parentPid();
  }

  /** Its process group. */
  public int group() {
    return group;
  }

  /** Moves it to a process group of the same session. */
  public void setGroup(int group) {
    this.group = group;
  }

  /** Its session. */
  public int session() {
    return session;
  }

  /** Begins a session and a group of its own, without a terminal, as {@code setsid} does. */
  public void startSession() {
    session = pid;
    group = pid;
    terminal = Optional.empty();
  }

  /** The terminal that controls it. */
  public Optional<Terminal> terminal() {
    return terminal;
  }

  /** Lets a terminal control it. */
  public void setTerminal(Terminal terminal) {
    this.terminal = Optional.of(terminal);
  }

  /** The file of the program that it runs; none before it runs one. */
  public Optional<String> executable() {
    return executable;
  }

  /** The name that its program was called by, and the arguments. */
  public List<String> arguments() {
    return arguments;
  }

  /** Its environment, to be changed by its own thread alone; what it starts gets a copy. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The environment that its program was started with, as {@code /proc} tells it. */
  public Map<String, String> initialEnvironment() {
    return initialEnvironment;
  }

  /** Files by path, as it sees them. */
  public Paths files() {
    return files;
  }

  /** Lets it see files as another user. */
  public void setFiles(Paths files) {
    this.files = files;
  }

  /** What it has open. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /** Standard input, unbuffered. */
  public InputStream input() throws IOException {
    return new FileInput(descriptors.get(0));
  }

  /** Standard output, unbuffered. */
  public OutputStream output() throws IOException {
    return new FileOutput(descriptors.get(1));
  }

  /** Standard error, unbuffered. */
  public OutputStream error() throws IOException {
    return new FileOutput(descriptors.get(2));
  }

  /** Writes text to standard output at once. */
  public void print(String text) throws IOException {
    output().write(Text.encode(text));
  }

  /** Writes {@code name: message} and a newline to standard error, if that is open. */
  public void complain(String message) {
    String line = name() + ": " + message + "\n";
    try {
      error().write(Text.encode(line));
    } catch (IOException e) {
      // Nobody listens to the error.
      return;
    }
  }

  /** What its messages begin with: the last part of the name that its program was called by. */
  String name() {
    String path = arguments.isEmpty() ? "?" : arguments.getFirst();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** When it was started. */
  public Instant started() {
    return started;
  }

  /** The processor time that it has used. */
  public Duration cpu() {
    return thread.flatMap(TaskThread::cpu).filter(used -> !hasEnded()).orElse(cpuAtEnd);
  }

  /** As {@code ps} shows it: R, S, T or Z. */
  public char state() {
    if (hasEnded()) {
      return 'Z';
    }
    if (isStopped() || kernel.isPaused()) {
      return 'T';
    }
    return thread.filter(it -> it.getState() == Thread.State.RUNNABLE).isPresent() ? 'R' : 'S';
  }

  /** Its exit code, once it has ended. */
  public CompletableFuture<Integer> end() {
    return end.copy();
  }

  /** The signal that ended it, if one did. */
  public Optional<Signal> endSignal() {
    return killer.filter(signal -> end.getNow(0) == 128 + signal.number());
  }

  /** Whether it has ended. */
  public boolean hasEnded() {
    return end.isDone();
  }

  /**
   * Starts a child that shares what is open, and has a copy of all else; signals that are caught
   * have their default again.
   *
   * @param setup runs in the child before the program does
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EAGAIN} if there are too many
   */
  public Task fork(Program program, Program setup) throws IOException {
    Task child =
        kernel.newTask(Optional.of(this), arguments, environment, files.copy(), descriptors.copy());
    child.launch(task -> {
      int code = setup.run(task);
      return code == 0 ? program.run(task) : code;
    });
    return child;
  }

  /** Starts a child as {@link #fork(Program, Program)} does, with nothing to set up. */
  public Task fork(Program program) throws IOException {
    return fork(program, task -> 0);
  }

  /**
   * Runs another program in this task's place, and answers its exit code: what is left to do is to
   * end with it.
   *
   * @param path of the program's file, as it was called
   * @param arguments the name first
   * @throws ProgramLoader.ExecFormatException for a program of another kind of machine
   * @throws io.sockerless.backend.memory.fs.PosixException if there is none
   */
  public int execute(String path, List<String> arguments) throws IOException {
    ProgramLoader.Loaded loaded = kernel.loader().load(files, path, arguments);
    this.arguments = loaded.arguments();
    this.executable = Optional.of(loaded.file());
    this.initialEnvironment = Map.copyOf(environment);
    this.files = files.as(files.credentials().atExecution());
    descriptors.closeOnExec();
    signals.catchNone();
    return ProgramRun.exitCode(this, loaded.program());
  }

  /** Changes what {@link #arguments} answers, for a program that runs another in its place. */
  public void setArguments(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /** Gives the task its thread. */
  void launch(Program program) {
    TaskThread runner = new TaskThread(this, () -> finish(ProgramRun.exitCode(this, program)));
    thread = Optional.of(runner);
    runner.start();
  }

  /**
   * Waits for a child's end and forgets the child.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EINTR} if a signal is caught
   *     meanwhile
   */
  public int waitFor(Task child) throws IOException {
    family.awaitEnd(child);
    kernel.reap(child);
    checkpoint();
    return child.end.join();
  }

  /**
   * Waits until one of some children ends or is stopped, and tells which; it is not forgotten.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EINTR} if a signal is caught
   *     meanwhile
   */
  public Task waitForChange(List<Task> children) throws IOException {
    return family.awaitChange(children);
  }

  /** Whether it is stopped by a signal. */
  public boolean isStopped() {
    return checkpoint.isStopped();
  }

  /** Does nothing for a time, unless a signal comes. */
  public void sleep(Duration time) throws IOException {
    checkpoint.sleep(time);
  }

  /**
   * Lets a task that was killed end here, and one that was stopped wait. Cheap: every loop may call
   * it.
   *
   * @throws TaskEnd if it has ended
   */
  public void checkpoint() {
    checkpoint.pass();
  }

  /** Whether a {@link #checkpoint} would do anything. */
  boolean isWanted() {
    return checkpoint.isWanted();
  }

  /** Called when an interrupt woke the thread out of something that blocks. */
  void woken() throws IOException {
    if (hasEnded()) {
      throw new TaskEnd(end.join());
    }
    if (signals.takeInterruption()) {
      throw Errno.EINTR.exception();
    }
  }

  /** Says what becomes of a signal; KILL and STOP stay as they are. */
  public void setDisposition(Signal signal, Disposition disposition) {
    signals.set(signal, disposition);
  }

  /** What becomes of a signal. */
  public Disposition disposition(Signal signal) {
    return signals.disposition(signal);
  }

  /** The signals that were caught since the last call. */
  public Set<Signal> takeCaught() {
    return signals.take();
  }

  /** Whether a signal was caught and not taken yet. */
  public boolean hasCaught() {
    return signals.hasCaught();
  }

  /** Sends a signal to itself; returns unless that ends it. */
  public void raise(Signal signal) {
    signal(signal);
    checkpoint();
  }

  /** Delivers a signal that comes from inside the container. */
  public void signal(Signal signal) {
    deliver(signal, pid == PidNamespace.FIRST);
  }

  /**
   * Delivers a signal that comes from outside the container, which alone can kill its first task.
   */
  public void signalFromOutside(Signal signal) {
    deliver(signal, pid == PidNamespace.FIRST && signal != Signal.KILL && signal != Signal.STOP);
  }

  private void deliver(Signal signal, boolean protect) {
    Disposition disposition = disposition(signal);
    if (hasEnded() || disposition == Disposition.IGNORE) {
      return;
    }
    if (signal == Signal.CONT) {
      checkpoint.resume();
    }
    if (disposition == Disposition.CATCH) {
      signals.keep(signal);
      thread.ifPresent(Thread::interrupt);
      return;
    }
    if (protect) {
      return;
    }
    switch (signal.effect()) {
      case END -> {
        killer = Optional.of(signal);
        finish(128 + signal.number());
      }
      case STOP -> {
        checkpoint.stop();
        tellParent();
      }
      case CONTINUE, NONE -> {}
    }
  }

  /** Lets it look again whether it may go on. */
  void wake() {
    checkpoint.wake();
  }

  /** It has ended, unless it had before. */
  private void finish(int code) {
    cpuAtEnd = cpu();
    if (!end.complete(code)) {
      return;
    }
    checkpoint.leave();
    if (Thread.currentThread() != thread.orElse(null)) {
      thread.ifPresent(Thread::interrupt);
    }
    descriptors.closeAll();
    kernel.ended(this);
    tellParent();
  }

  private void tellParent() {
    family
        .parent()
        .ifPresent(task -> {
          task.family.childHasChanged();
          task.signal(Signal.CHLD);
        });
  }

  /** Its parent has ended. */
  void orphan() {
    family.orphan();
  }

  /** Whether somebody is left to wait for it. */
  boolean hasParent() {
    return family.parent().filter(task -> !task.hasEnded()).isPresent();
  }

  /** Whether that task started it. */
  boolean isChildOf(Task task) {
    return family.parent().filter(it -> it == task).isPresent();
  }
}
