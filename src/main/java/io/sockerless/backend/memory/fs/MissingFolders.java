package io.sockerless.backend.memory.fs;

import java.io.IOException;

/** Makes what is missing of a path, for whoever is to be in a folder that need not be there. */
public final class MissingFolders {

  private static final int PERMISSIONS = 0755;

  private MissingFolders() {}

  /**
   * Makes a folder and those above it, where they are not there.
   *
   * @throws PosixException with {@link Errno#ENOTDIR} if a file is in the way
   */
  public static void make(Paths paths, String folder) throws IOException {
    StringBuilder path = new StringBuilder();
    for (String name : folder.split("/", -1)) {
      if (!name.isEmpty()) {
        path.append('/').append(name);
        if (!paths.exists(path.toString())) {
          paths.makeDirectory(path.toString(), PERMISSIONS);
        }
      }
    }
    if (!paths.stat(folder).isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
  }
}
