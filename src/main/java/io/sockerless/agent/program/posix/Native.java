package io.sockerless.agent.program.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The C library's functions that Java has no other way to: all that the agent calls of it.
 *
 * <p>Each is called with six 64-bit integers, sign-extended where C has an {@code int} and zero
 * where it has nothing. On 64-bit Linux these are in registers that a callee with fewer or shorter
 * parameters does not look at, variadic ones included. So all calls have one shape, which takes the
 * JVM some ten milliseconds to make, and not one of these for each function.
 */
public enum Native {
  CHDIR_ACTION("posix_spawn_file_actions_addchdir_np"),
  CLOSE("close"),
  CLOSE_FROM_ACTION("posix_spawn_file_actions_addclosefrom_np"),
  DUP2_ACTION("posix_spawn_file_actions_adddup2"),
  EPOLL_CONTROL("epoll_ctl"),
  EPOLL_CREATE("epoll_create1"),
  EPOLL_WAIT("epoll_wait"),
  FCHMODAT("fchmodat"),
  FCHOWNAT("fchownat"),
  FCNTL("fcntl"),
  FILE_ACTIONS_DESTROY("posix_spawn_file_actions_destroy"),
  FILE_ACTIONS_INIT("posix_spawn_file_actions_init"),
  FSTATFS("fstatfs"),
  FTRUNCATE("ftruncate"),
  GETEGID("getegid"),
  GETEUID("geteuid"),
  GRANTPT("grantpt"),
  IOCTL("ioctl"),
  KILL("kill"),
  LINKAT("linkat"),
  LSEEK("lseek"),
  MKDIRAT("mkdirat"),
  MKNODAT("mknodat"),
  OPENAT("openat"),
  OPEN_ACTION("posix_spawn_file_actions_addopen"),
  PIPE2("pipe2"),
  POSIX_OPENPT("posix_openpt"),
  POSIX_SPAWN("posix_spawn"),
  PRCTL("prctl"),
  PTSNAME("ptsname_r"),
  READ("read"),
  READLINKAT("readlinkat"),
  SPAWN_ATTRIBUTES_DESTROY("posix_spawnattr_destroy"),
  SPAWN_ATTRIBUTES_INIT("posix_spawnattr_init"),
  SPAWN_SET_DEFAULT_SIGNALS("posix_spawnattr_setsigdefault"),
  SPAWN_SET_FLAGS("posix_spawnattr_setflags"),
  SPAWN_SET_SIGNAL_MASK("posix_spawnattr_setsigmask"),
  SYMLINKAT("symlinkat"),
  SYSCALL("syscall"),
  UNLINKAT("unlinkat"),
  UNLOCKPT("unlockpt"),
  UTIMENSAT("utimensat"),
  WAITID("waitid"),
  WAITPID("waitpid"),
  WRITE("write");

  private static final Linker LINKER = Linker.nativeLinker();

  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Made when a function is first called. */
  private static final Map<Native, MethodHandle> HANDLES = new ConcurrentHashMap<>();

  private final String function;

  Native(String function) {
    this.function = function;
  }

  /** Whether this C library has the function. */
  public boolean isThere() {
    return HANDLES.containsKey(this) || LINKER.defaultLookup().find(function).isPresent();
  }

  /** Makes the first call as quick as the others, or possible where nothing can be loaded. */
  void prepare() {
    handle();
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
    MethodHandle made = HANDLES.get(this);
    return made == null ? HANDLES.computeIfAbsent(this, Native::make) : made;
  }

  @SuppressWarnings("restricted")
  private MethodHandle make() {
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(function)
            .orElseThrow(() -> new UnsupportedOperationException("no " + function + " here"));
    return LINKER.downcallHandle(address, SHAPE, Linker.Option.captureCallState("errno"));
  }

  private long invoke(MethodHandle target, MemorySegment errno, long[] arguments) {
    long[] a = arguments.length == 6 ? arguments : Arrays.copyOf(arguments, 6);
    try {
      return (long) target.invokeExact(errno, a[0], a[1], a[2], a[3], a[4], a[5]);
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
