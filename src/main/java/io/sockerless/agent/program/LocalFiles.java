package io.sockerless.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The files of the container that the agent is in, for copying. Paths are told from a root folder
 * on and never lead out of it, whatever links lie on the way.
 *
 * <p>A path that is not there is a {@link NoSuchFileException} with the path; one that leads
 * through a file is a {@link java.nio.file.NotDirectoryException}; a file system that is read only
 * is a {@link java.nio.file.ReadOnlyFileSystemException} wrapped in an IOException.
 */
public final class LocalFiles {

  private final Path root;

  /** The files below a folder, which is {@code /} but in tests. */
  public LocalFiles(Path root) {
    this.root = root;
  }

  /**
   * What {@code X-Docker-Container-Path-Stat} tells.
   *
   * @param mode permission bits and type as Go's {@code os.FileMode} has them
   * @param linkTarget the resolved target, empty for what is no link
   */
  public record PathStat(
      String name, long size, long mode, Instant modified, String linkTarget) {}

  /** Describes a file; a link is described itself, and its target is told resolved. */
  public PathStat stat(String path) throws IOException {
    throw new NoSuchFileException(root + path);
  }

  /**
   * Writes a file or folder as a tar stream whose names begin with the path's last name; a link at
   * the end is followed if the path ends with a slash or a dot.
   */
  public void getArchive(String path, OutputStream tar) throws IOException {
    throw new NoSuchFileException(root + path);
  }

  /**
   * Unpacks a tar stream, which may be packed by gzip, into a folder.
   *
   * @param keepKinds refuse to put a file in a folder's place and the reverse
   * @param keepOwners fail if the owners that the stream tells cannot be taken over; they are taken
   *     over wherever the agent may
   */
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    throw new NoSuchFileException(root + path);
  }
}
