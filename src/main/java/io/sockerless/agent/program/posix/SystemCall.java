package io.sockerless.agent.program.posix;

/**
 * System calls that the C library does not offer, or not everywhere, or not for one thread alone.
 */
public enum SystemCall {
  GETDENTS64(217, 61),
  SETGROUPS(116, 159),
  SETRESGID(119, 149),
  SETRESUID(117, 147),
  STATX(332, 291);

  /** Some structures and numbers are x86-64's own. */
  static final boolean IS_X86 = isArchitecture("amd64");

  static final boolean IS_ARM = isArchitecture("aarch64");

  private final int x86;
  private final int generic;

  SystemCall(int x86, int generic) {
    this.x86 = x86;
    this.generic = generic;
  }

  private static boolean isArchitecture(String name) {
    return System.getProperty("os.arch").equals(name);
  }

  /** Calls it, with up to five arguments; an error is a negative error number. */
  public long call(long... arguments) {
    if (!IS_X86 && !IS_ARM && !isArchitecture("riscv64")) {
      throw new UnsupportedOperationException("an architecture whose system calls nobody told us");
    }
    long[] all = new long[6];
    all[0] = IS_X86 ? x86 : generic;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Native.SYSCALL.call(all);
  }
}
