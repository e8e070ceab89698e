package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.IOException;

/**
 * WASI's numbers for errors, which are not Linux'.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#errno">errno</a>
 */
final class WasiErrno {

  static final int SUCCESS = 0;
  static final int BADF = 8;
  static final int INVAL = 28;
  static final int IO = 29;
  static final int NOTDIR = 54;
  static final int NOTSOCK = 57;
  static final int NOSYS = 52;
  static final int OVERFLOW = 61;

  private WasiErrno() {}

  static int of(IOException error) {
    return error instanceof PosixException posix ? of(posix.errno()) : IO;
  }

  private static int of(Errno errno) {
    return switch (errno) {
      case E2BIG -> 1;
      case EACCES -> 2;
      case EADDRINUSE -> 3;
      case EADDRNOTAVAIL -> 4;
      case EAGAIN -> 6;
      case EBADF -> BADF;
      case EBUSY -> 10;
      case ECHILD -> 12;
      case ECONNREFUSED -> 14;
      case ECONNRESET -> 15;
      case EDQUOT -> 19;
      case EEXIST -> 20;
      case EFBIG -> 22;
      case EHOSTUNREACH -> 23;
      case EINTR -> 27;
      case EINVAL -> INVAL;
      case EIO -> IO;
      case EISDIR -> 31;
      case ELOOP -> 32;
      case EMFILE -> 33;
      case EMLINK -> 34;
      case ENAMETOOLONG -> 37;
      case ENETUNREACH -> 40;
      case ENFILE -> 41;
      case ENODEV -> 43;
      case ENOENT -> 44;
      case ENOEXEC -> 45;
      case ENOMEM -> 48;
      case ENOSPC -> 51;
      case ENOSYS -> NOSYS;
      case ENOTCONN -> 53;
      case ENOTDIR -> NOTDIR;
      case ENOTEMPTY -> 55;
      case EOPNOTSUPP -> 58;
      case EDESTADDRREQ -> 17;
      case EMSGSIZE -> 35;
      case ENOTTY -> 59;
      case ENXIO -> 60;
      case EPERM -> 63;
      case EPIPE -> 64;
      case ERANGE -> 68;
      case EROFS -> 69;
      case ESPIPE -> 70;
      case ESRCH -> 71;
      case ETIMEDOUT -> 73;
      case ETXTBSY -> 74;
      case EXDEV -> 75;
    };
  }
}
