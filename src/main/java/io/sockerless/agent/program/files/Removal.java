package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Folder;
import io.sockerless.agent.program.posix.PosixException;

/** Removes what a new file takes the place of. */
final class Removal {

  private Removal() {}

  /** Removes a file, or a folder with all that is in it. */
  static void remove(Folder folder, String name) throws PosixException {
    if (!folder.status(name).isFolder()) {
      folder.unlink(name);
      return;
    }
    try (Folder inner = folder.enter(name)) {
      for (String each : inner.names()) {
        remove(inner, each);
      }
    }
    folder.removeFolder(name);
  }
}
