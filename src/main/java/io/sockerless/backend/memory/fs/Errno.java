package io.sockerless.backend.memory.fs;

/**
 * Why an operation on files or processes failed: POSIX' names, Linux' numbers and the C library's
 * words.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  ESRCH(3, "No such process"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "I/O error"),
  ENXIO(6, "No such device or address"),
  E2BIG(7, "Argument list too long"),
  ENOEXEC(8, "Exec format error"),
  EBADF(9, "Bad file descriptor"),
  ECHILD(10, "No child processes"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Out of memory"),
  EACCES(13, "Permission denied"),
  EBUSY(16, "Resource busy"),
  EEXIST(17, "File exists"),
  EXDEV(18, "Cross-device link"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENFILE(23, "Too many open files in system"),
  EMFILE(24, "No file descriptors available"),
  ENOTTY(25, "Not a tty"),
  ETXTBSY(26, "Text file busy"),
  EFBIG(27, "File too large"),
  ENOSPC(28, "No space left on device"),
  ESPIPE(29, "Invalid seek"),
  EROFS(30, "Read-only file system"),
  EMLINK(31, "Too many links"),
  EPIPE(32, "Broken pipe"),
  ERANGE(34, "Result not representable"),
  ENAMETOOLONG(36, "Filename too long"),
  ENOSYS(38, "Function not implemented"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "Symbolic link loop"),
  EDESTADDRREQ(89, "Destination address required"),
  EMSGSIZE(90, "Message too large"),
  EOPNOTSUPP(95, "Not supported"),
  EADDRINUSE(98, "Address in use"),
  EADDRNOTAVAIL(99, "Address not available"),
  ENETUNREACH(101, "Network unreachable"),
  ECONNRESET(104, "Connection reset by peer"),
  ENOTCONN(107, "Socket not connected"),
  ETIMEDOUT(110, "Operation timed out"),
  ECONNREFUSED(111, "Connection refused"),
  EHOSTUNREACH(113, "Host is unreachable"),
  EDQUOT(122, "Quota exceeded");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** Linux' number. */
  public int number() {
    return number;
  }

  /** What a program prints for it. */
  public String text() {
    return text;
  }

  /** The exception of this kind. */
  public PosixException exception() {
    return new PosixException(this);
  }
}
