package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/**
 * Who a process runs as.
 *
 * @param groups the supplementary ones
 */
public record Identity(int uid, int gid, List<Integer> groups) {

  /** Copies the list. */
  public Identity {
    groups = List.copyOf(groups);
  }

  /** The agent's own user. */
  public static int ownUid() {
    return Native.GETEUID.callInt();
  }

  /** The agent's own group. */
  public static int ownGid() {
    return Native.GETEGID.callInt();
  }

  /**
   * Does something as this user, on a thread that ends then. The kernel keeps credentials for each
   * thread; it is the C library that changes those of all, so it is passed by. What the thread
   * starts inherits them, and no helper program that may be missing is needed.
   *
   * @param action returns an error number, or 0
   * @see <a href="https://man7.org/linux/man-pages/man7/nptl.7.html">nptl(7)</a>
   */
  void run(IntSupplier action) throws PosixException {
    Native.SYSCALL.prepare();
    CompletableFuture<Integer> error = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("agent-start-as-" + uid)
        .daemon()
        .start(() -> {
          try {
            int refused = assume();
            error.complete(refused != 0 ? refused : action.getAsInt());
          } catch (RuntimeException e) {
            error.completeExceptionally(e);
          }
        });
    check(-(long) error.join());
  }

  private int assume() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(ValueLayout.JAVA_INT, Math.max(1, groups.size()));
      for (int i = 0; i < groups.size(); i++) {
        list.setAtIndex(ValueLayout.JAVA_INT, i, groups.get(i));
      }
      long error = SystemCall.SETGROUPS.call(groups.size(), list.address());
      if (error == 0) {
        error = SystemCall.SETRESGID.call(gid, gid, gid);
      }
      if (error == 0) {
        error = SystemCall.SETRESUID.call(uid, uid, uid);
      }
      return (int) -error;
    }
  }
}
