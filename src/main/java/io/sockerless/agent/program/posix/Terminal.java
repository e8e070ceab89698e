package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The keyboard's and screen's side of a pseudo-terminal.
 *
 * @param path of the other side, which a process opens
 * @see <a href="https://man7.org/linux/man-pages/man7/pty.7.html">pty(7)</a>
 */
public record Terminal(Descriptor master, String path) implements AutoCloseable {

  private static final long READ_WRITE = 2;
  private static final long NO_CONTROLLING_TERMINAL = 0400;
  private static final long SET_WINDOW_SIZE = 0x5414;
  private static final int MAX_PATH = 128;

  /** Makes one, with the kernel's usual settings. */
  public static Terminal open() throws PosixException {
    Descriptor master =
        Descriptor.of(
            Native.POSIX_OPENPT.callInt(
                READ_WRITE | NO_CONTROLLING_TERMINAL | Descriptor.CLOSE_ON_EXEC));
    try (Arena arena = Arena.ofConfined()) {
      check(Native.GRANTPT.callInt(master.number()));
      check(Native.UNLOCKPT.callInt(master.number()));
      MemorySegment path = arena.allocate(MAX_PATH);
      int error = Native.PTSNAME.callInt(master.number(), path.address(), MAX_PATH);
      check(-(long) Math.abs(error));
      return new Terminal(master, path.getString(0));
    } catch (PosixException e) {
      master.close();
      throw e;
    }
  }

  /** Sets its size, of which the kernel tells the foreground process; nothing once it is closed. */
  public void resize(int rows, int columns) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
      master.use(number -> Native.IOCTL.callInt(number, SET_WINDOW_SIZE, size.address()));
    }
  }

  /** Lets a user open it; its group, which is the terminals' own, stays. */
  public void setOwner(int uid) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      check(Native.FCHOWNAT.callInt(FileStatus.HERE, Native.text(arena, path), uid, -1, 0));
    }
  }

  @Override
  public void close() {
    master.close();
  }
}
