package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;

/** Connects with a socket by its path, as the daemon's is where it is bound into a container. */
final class LocalSocket {

  private static final int WRITE = 2;

  private LocalSocket() {}

  /**
   * Connects with whoever listens.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code ENOENT}, {@code EACCES}, {@code
   *     ECONNREFUSED}
   */
  static NetworkStack.Socket connect(Task task, String path) throws IOException {
    Location file = task.files().locate(path);
    if (!task.files().credentials().may(file.node().stat(), WRITE)) {
      throw Errno.EACCES.exception();
    }
    return task.kernel().network().carry(file.node().connect());
  }
}
