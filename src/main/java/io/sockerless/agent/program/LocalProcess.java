package io.sockerless.agent.program;

import io.sockerless.agent.program.Accounts.Account;
import io.sockerless.agent.program.posix.Children;
import io.sockerless.agent.program.posix.Identity;
import io.sockerless.agent.program.posix.Native;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.agent.program.posix.Spawn;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process of the container that the agent has started, and whose parent it is.
 *
 * <p>Both output streams end once the process and whoever inherited them have closed them, but no
 * later than two seconds after the process has ended. Nothing that the process itself wrote is
 * lost: {@link #exit} may complete before the streams are read to the end.
 */
public final class LocalProcess {

  private static final int CANNOT_START = 128;

  private final int pid;
  private final LocalStreams streams;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /** Whoever signals the process keeps its id from being given to another one meanwhile. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean ended;

  private LocalProcess(int pid, LocalStreams streams) {
    this.pid = pid;
    this.streams = streams;
    Thread.ofPlatform().daemon().name("agent-wait-" + pid).start(this::awaitEnd);
  }

  /**
   * Starts a process.
   *
   * @throws CannotStart if its command, user or folder is not there or cannot be used
   */
  public static LocalProcess start(Command command) throws CannotStart {
    List<String> environment = new ArrayList<>(command.environment());
    Optional<Identity> identity = Optional.empty();
    if (!command.user().isEmpty() || !hasHome(environment)) {
      Account account = account(command.user());
      identity = needed(account.identity(), command.user());
      if (!hasHome(environment)) {
        environment.add("HOME=" + account.home());
      }
    }
    String directory = command.directory().isEmpty() ? "/" : command.directory();
    ProgramLookup lookup = new ProgramLookup(directory, environment);
    lookup.checkDirectory();
    String name = command.command().getFirst();
    Spawn spawn = new Spawn(lookup.find(name), command.command(), environment, directory, identity);
    LocalStreams streams = open(command, identity);
    try {
      return new LocalProcess(streams.start(spawn), streams);
    } catch (PosixException e) {
      streams.close();
      throw ProgramLookup.refused(name, e.errno());
    }
  }

  private static boolean hasHome(List<String> environment) {
    for (String each : environment) {
      if (each.startsWith("HOME=")) {
        return true;
      }
    }
    return false;
  }

  private static Account account(String user) throws CannotStart {
    return Accounts.read().find(user.isEmpty() ? Integer.toString(Identity.ownUid()) : user);
  }

  /** Empty if the agent is that user already. */
  private static Optional<Identity> needed(Identity identity, String user) throws CannotStart {
    int own = Identity.ownUid();
    boolean same = identity.uid() == own && identity.gid() == Identity.ownGid();
    if (user.isEmpty() || same) {
      return Optional.empty();
    }
    if (own != 0) {
      throw new CannotStart(
          CANNOT_START,
          "cannot run as user %s: the agent runs as user %d and not as root".formatted(user, own));
    }
    return Optional.of(identity);
  }

  private static LocalStreams open(Command command, Optional<Identity> identity)
      throws CannotStart {
    try {
      return command.tty()
          ? TerminalStreams.open(command, identity)
          : PipeStreams.open(command, identity);
    } catch (PosixException e) {
      throw new CannotStart(CANNOT_START, "cannot make its streams: " + e.getMessage());
    }
  }

  private void awaitEnd() {
    Children.await(pid);
    int code;
    lock.lock();
    try {
      code = Children.take(pid);
      ended = true;
    } finally {
      lock.unlock();
    }
    streams.processEnded();
    exit.complete(code);
  }

  /** The real command's. */
  public int pid() {
    return pid;
  }

  /**
   * Where standard input is written to; to close it is the input's end, but does nothing on a
   * terminal, as with a keyboard.
   */
  public OutputStream stdin() {
    return streams.input();
  }

  /** Standard output; all output of a terminal. */
  public InputStream stdout() {
    return streams.output();
  }

  /** Standard error; empty for a terminal. */
  public InputStream stderr() {
    return streams.errors();
  }

  /** Its exit code, 0 to 255, once it has ended; 128 and the signal's number after a signal. */
  public CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  /**
   * Delivers a signal to this process alone; nothing if it has ended.
   *
   * @param number as Linux has it
   */
  public void signal(int number) {
    lock.lock();
    try {
      if (!ended) {
        Native.KILL.callInt(pid, number);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sets the terminal's size, of which the kernel tells the process; nothing without one. */
  public void resize(int rows, int columns) {
    streams.resize(rows, columns);
  }
}
