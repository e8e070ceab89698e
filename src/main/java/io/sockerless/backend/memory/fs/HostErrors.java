package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;

/** Tells the host's errors as those of the sandbox, without the host's paths. */
final class HostErrors {

  private HostErrors() {}

  /** The same error; what has no errno of its own is {@link Errno#EIO}. */
  static PosixException translate(IOException error) {
    return switch (error) {
      case PosixException posix -> posix;
      case NoSuchFileException e -> Errno.ENOENT.exception();
      case FileAlreadyExistsException e -> Errno.EEXIST.exception();
      case DirectoryNotEmptyException e -> Errno.ENOTEMPTY.exception();
      case NotDirectoryException e -> Errno.ENOTDIR.exception();
      case AccessDeniedException e -> Errno.EACCES.exception();
      case FileSystemLoopException e -> Errno.ELOOP.exception();
      case NotLinkException e -> Errno.EINVAL.exception();
      default -> byMessage(String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT));
    };
  }

  /** Java has no exceptions for these; systems tell them in words of their own. */
  private static PosixException byMessage(String message) {
    if (message.contains("no space") || message.contains("not enough space")) {
      return Errno.ENOSPC.exception();
    }
    if (message.contains("quota")) {
      return Errno.EDQUOT.exception();
    }
    if (message.contains("read-only")) {
      return Errno.EROFS.exception();
    }
    if (message.contains("not permitted")) {
      return Errno.EPERM.exception();
    }
    if (message.contains("permission denied")) {
      return Errno.EACCES.exception();
    }
    if (message.contains("no such file")) {
      return Errno.ENOENT.exception();
    }
    if (message.contains("not empty")) {
      return Errno.ENOTEMPTY.exception();
    }
    if (message.contains("not a directory")) {
      return Errno.ENOTDIR.exception();
    }
    if (message.contains("is a directory")) {
      return Errno.EISDIR.exception();
    }
    if (message.contains("invalid argument")) {
      return Errno.EINVAL.exception();
    }
    if (message.contains("name too long")) {
      return Errno.ENAMETOOLONG.exception();
    }
    if (message.contains("cross-device") || message.contains("invalid cross")) {
      return Errno.EXDEV.exception();
    }
    if (message.contains("too many levels") || message.contains("symbolic link")) {
      return Errno.ELOOP.exception();
    }
    return Errno.EIO.exception();
  }
}
