package io.sockerless.agent.program.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The C library's functions that Java has no other way to: all that the agent calls of it.
 *
 * <p>Each is called with 64-bit integers only, sign-extended where C has an {@code int}, which all
 * 64-bit ABIs of Linux take for what is shorter; so a few shapes of calls do for all functions, and
 * the JVM is quick to make them. They are made when a function is first called.
 */
public enum Native {
  CHDIR_ACTION("posix_spawn_file_actions_addchdir_np", 2),
  CLOSE("close", 1),
  CLOSE_FROM_ACTION("posix_spawn_file_actions_addclosefrom_np", 2),
  DUP2_ACTION("posix_spawn_file_actions_adddup2", 3),
  EPOLL_CONTROL("epoll_ctl", 4),
  EPOLL_CREATE("epoll_create1", 1),
  EPOLL_WAIT("epoll_wait", 4),
  FCHMODAT("fchmodat", 4),
  FCHOWNAT("fchownat", 5),
  FCNTL("fcntl", 3, 2),
  FILE_ACTIONS_DESTROY("posix_spawn_file_actions_destroy", 1),
  FILE_ACTIONS_INIT("posix_spawn_file_actions_init", 1),
  FTRUNCATE("ftruncate", 2),
  GETEGID("getegid", 0),
  GETEUID("geteuid", 0),
  GRANTPT("grantpt", 1),
  IOCTL("ioctl", 3, 2),
  KILL("kill", 2),
  LINKAT("linkat", 5),
  LSEEK("lseek", 3),
  MKDIRAT("mkdirat", 3),
  MKNODAT("mknodat", 4),
  OPENAT("openat", 4, 3),
  OPEN_ACTION("posix_spawn_file_actions_addopen", 5),
  PIPE2("pipe2", 2),
  POSIX_OPENPT("posix_openpt", 1),
  POSIX_SPAWN("posix_spawn", 6),
  PRCTL("prctl", 2, 1),
  PTSNAME("ptsname_r", 3),
  READ("read", 3),
  READLINKAT("readlinkat", 4),
  SPAWN_ATTRIBUTES_DESTROY("posix_spawnattr_destroy", 1),
  SPAWN_ATTRIBUTES_INIT("posix_spawnattr_init", 1),
  SPAWN_SET_DEFAULT_SIGNALS("posix_spawnattr_setsigdefault", 2),
  SPAWN_SET_FLAGS("posix_spawnattr_setflags", 2),
  SPAWN_SET_SIGNAL_MASK("posix_spawnattr_setsigmask", 2),
  SYMLINKAT("symlinkat", 3),
  SYSCALL("syscall", 6, 1),
  UNLINKAT("unlinkat", 3),
  UNLOCKPT("unlockpt", 1),
  UTIMENSAT("utimensat", 4),
  WAITID("waitid", 4),
  WAITPID("waitpid", 3),
  WRITE("write", 3);

  private static final Linker LINKER = Linker.nativeLinker();

  private final String function;
  private final int arity;
  private final int firstVariadic;

  /** Made at the first call; two threads may both make it, which does no harm. */
  private volatile @Nullable MethodHandle handle;

  Native(String function, int arity) {
    this(function, arity, -1);
  }

  Native(String function, int arity, int firstVariadic) {
    this.function = function;
    this.arity = arity;
    this.firstVariadic = firstVariadic;
  }

  /** Whether this C library has the function. */
  public boolean isThere() {
    return handle != null || LINKER.defaultLookup().find(function).isPresent();
  }

  /**
   * Calls the function.
   *
   * @return what it returns; for -1 the negative error number, as the kernel itself has it
   * @see Errno
   */
  public long call(long... arguments) {
    MethodHandle target = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      long result = invoke(target, errno, arguments);
      return result == -1 ? -(long) errno.get(JAVA_INT, 0) : result;
    }
  }

  /** The same for a function that returns an {@code int}, of which the upper half means nothing. */
  public int callInt(long... arguments) {
    MethodHandle target = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      int result = (int) invoke(target, errno, arguments);
      return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    }
  }

  private MethodHandle handle() {
    MethodHandle made = handle;
    if (made == null) {
      made = make();
      handle = made;
    }
    return made;
  }

  @SuppressWarnings("restricted")
  private MethodHandle make() {
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(function)
            .orElseThrow(() -> new UnsupportedOperationException("no " + function + " here"));
    MemoryLayout[] parameters = new MemoryLayout[arity];
    Arrays.fill(parameters, JAVA_LONG);
    FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_LONG, parameters);
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic < 0
        ? LINKER.downcallHandle(address, descriptor, errno)
        : LINKER.downcallHandle(
            address, descriptor, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }

  private long invoke(MethodHandle target, MemorySegment errno, long[] a) {
    if (a.length != arity) {
      throw new IllegalArgumentException(function + " takes " + arity + " arguments");
    }
    try {
      return switch (arity) {
        case 0 -> (long) target.invokeExact(errno);
        case 1 -> (long) target.invokeExact(errno, a[0]);
        case 2 -> (long) target.invokeExact(errno, a[0], a[1]);
        case 3 -> (long) target.invokeExact(errno, a[0], a[1], a[2]);
        case 4 -> (long) target.invokeExact(errno, a[0], a[1], a[2], a[3]);
        case 5 -> (long) target.invokeExact(errno, a[0], a[1], a[2], a[3], a[4]);
        default -> (long) target.invokeExact(errno, a[0], a[1], a[2], a[3], a[4], a[5]);
      };
    } catch (Throwable e) {
      throw new IllegalStateException(function, e);
    }
  }

  /** The address of a text that ends with a zero, in UTF-8 whatever the locale says. */
  public static long text(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  /** The address of an array of texts that ends with a null pointer. */
  public static long texts(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    int index = 0;
    for (String each : texts) {
      array.setAtIndex(ADDRESS, index++, arena.allocateFrom(each));
    }
    return array.address();
  }
}
