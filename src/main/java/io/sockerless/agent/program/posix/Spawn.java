package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * Starts a program as the leader of a session of its own, with no descriptor but its streams and
 * with no signal blocked or ignored. Java's own way would encode its arguments as the locale asks,
 * which in most containers knows ASCII alone.
 *
 * @param path of the program, from the directory on if it is relative
 * @param identity who it runs as; empty for the agent's own
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public record Spawn(
    String path,
    List<String> arguments,
    List<String> environment,
    String directory,
    Optional<Identity> identity) {

  private static final int ATTRIBUTES_SIZE = 512;
  private static final int ACTIONS_SIZE = 512;
  private static final int SIGNALS_SIZE = 128;
  private static final int DEFAULT_SIGNALS = 4;
  private static final int SIGNAL_MASK = 8;
  private static final int NEW_SESSION = 0x80;
  private static final int READ_WRITE = 2;
  private static final int SET_DESCRIPTOR_FLAGS = 2;
  private static final int CLOSE_ON_EXEC = 1;

  /** Starts it with these as its streams, and returns its process id. */
  public int withStreams(Descriptor input, Descriptor output, Descriptor errors)
      throws PosixException {
    return start((arena, actions) -> {
      succeeds(Native.DUP2_ACTION.callInt(actions, input.number(), 0));
      succeeds(Native.DUP2_ACTION.callInt(actions, output.number(), 1));
      succeeds(Native.DUP2_ACTION.callInt(actions, errors.number(), 2));
    });
  }

  /** Starts it on a terminal, which the first that a session's leader opens becomes its own. */
  public int onTerminal(String terminal) throws PosixException {
    return start((arena, actions) -> {
      long path = Native.text(arena, terminal);
      succeeds(Native.OPEN_ACTION.callInt(actions, 0, path, READ_WRITE, 0));
      succeeds(Native.DUP2_ACTION.callInt(actions, 0, 1));
      succeeds(Native.DUP2_ACTION.callInt(actions, 0, 2));
    });
  }

  /** Says what the child does about its streams. */
  @FunctionalInterface
  private interface Streams {
    void add(Arena arena, long actions) throws PosixException;
  }

  /** These functions return their error number. */
  private static void succeeds(int error) throws PosixException {
    check(-(long) error);
  }

  private int start(Streams streams) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long attributes = attributes(arena);
      long actions = arena.allocate(ACTIONS_SIZE, 16).address();
      succeeds(Native.FILE_ACTIONS_INIT.callInt(actions));
      try {
        streams.add(arena, actions);
        closeOthers(actions);
        if (!directory.isEmpty()) {
          long folder = Native.text(arena, directory);
          succeeds(Native.CHDIR_ACTION.callInt(actions, folder));
        }
        return Children.start(() -> spawn(arena, actions, attributes));
      } finally {
        Native.FILE_ACTIONS_DESTROY.callInt(actions);
        Native.SPAWN_ATTRIBUTES_DESTROY.callInt(attributes);
      }
    }
  }

  private static long attributes(Arena arena) throws PosixException {
    long attributes = arena.allocate(ATTRIBUTES_SIZE, 16).address();
    long none = arena.allocate(SIGNALS_SIZE, 16).address();
    long all = arena.allocate(SIGNALS_SIZE, 16).fill((byte) 0xff).address();
    succeeds(Native.SPAWN_ATTRIBUTES_INIT.callInt(attributes));
    succeeds(Native.SPAWN_SET_DEFAULT_SIGNALS.callInt(attributes, all));
    succeeds(Native.SPAWN_SET_SIGNAL_MASK.callInt(attributes, none));
    int flags = DEFAULT_SIGNALS | SIGNAL_MASK | NEW_SESSION;
    succeeds(Native.SPAWN_SET_FLAGS.callInt(attributes, flags));
    return attributes;
  }

  /** The JVM leaves some of its descriptors open to children; musl's has no action for them. */
  private static void closeOthers(long actions) throws PosixException {
    if (Native.CLOSE_FROM_ACTION.isThere()) {
      succeeds(Native.CLOSE_FROM_ACTION.callInt(actions, 3));
      return;
    }
    String[] open = new File("/proc/self/fd").list();
    for (String number : open == null ? new String[0] : open) {
      int descriptor = Integer.parseInt(number);
      if (descriptor > 2) {
        Native.FCNTL.callInt(descriptor, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC);
      }
    }
  }

  private int spawn(Arena arena, long actions, long attributes) throws PosixException {
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    long[] call = {
      pid.address(),
      Native.text(arena, path),
      actions,
      attributes,
      Native.texts(arena, arguments),
      Native.texts(arena, environment)
    };
    if (identity.isPresent()) {
      Native.POSIX_SPAWN.prepare();
      identity.get().run(() -> Native.POSIX_SPAWN.callInt(call));
    } else {
      succeeds(Native.POSIX_SPAWN.callInt(call));
    }
    return pid.get(ValueLayout.JAVA_INT, 0);
  }
}
