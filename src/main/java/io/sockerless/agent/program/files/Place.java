package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.Folder;
import io.sockerless.agent.program.posix.PosixException;

/**
 * Where a path has led.
 *
 * @param folder that the file is in, open
 * @param name in it; a dot for the root itself
 * @param path from the root on, without links but perhaps the last
 */
public record Place(Folder folder, String name, String path) implements AutoCloseable {

  /** What is there; a link is a link. */
  public FileStatus status() throws PosixException {
    return folder.status(name);
  }

  /** Opens what must be a folder. */
  public Folder open() throws PosixException {
    return name.equals(".") ? folder.again() : folder.enter(name);
  }

  /** What a link says. */
  String readLink() throws PosixException {
    return folder.readLink(name);
  }

  /** The path of a name in a folder. */
  static String child(String folder, String name) {
    return folder.equals("/") ? "/" + name : folder + "/" + name;
  }

  @Override
  public void close() {
    folder.close();
  }
}
