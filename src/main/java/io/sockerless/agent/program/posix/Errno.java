package io.sockerless.agent.program.posix;

/** Error numbers of Linux that mean something to the agent, and the C library's words for them. */
public final class Errno {

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENOEXEC = 8;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EROFS = 30;
  public static final int EPIPE = 32;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int EILSEQ = 84;

  private Errno() {}

  /** As Go says it, which is how Docker's users know it. */
  public static String words(int number) {
    return switch (number) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case EIO -> "input/output error";
      case 7 -> "argument list too long";
      case ENOEXEC -> "exec format error";
      case EAGAIN -> "resource temporarily unavailable";
      case 12 -> "cannot allocate memory";
      case EACCES -> "permission denied";
      case EEXIST -> "file exists";
      case 18 -> "invalid cross-device link";
      case ENOTDIR -> "not a directory";
      case EISDIR -> "is a directory";
      case EINVAL -> "invalid argument";
      case 24 -> "too many open files";
      case 26 -> "text file busy";
      case 27 -> "file too large";
      case 28 -> "no space left on device";
      case EROFS -> "read-only file system";
      case 31 -> "too many links";
      case EPIPE -> "broken pipe";
      case ENAMETOOLONG -> "file name too long";
      case 39 -> "directory not empty";
      case ELOOP -> "too many levels of symbolic links";
      case EILSEQ -> "invalid or incomplete multibyte or wide character";
      case 122 -> "disk quota exceeded";
      default -> "errno " + number;
    };
  }
}
