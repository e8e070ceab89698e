package io.sockerless.backend.core.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * The files of one container, reached from outside: for copying, committing and exporting. Paths
 * are the container's and never lead out of it, whatever links lie on the way.
 *
 * <p>A path that is not there is a {@link java.nio.file.NoSuchFileException} with the path; one
 * that leads through a file is a {@link java.nio.file.NotDirectoryException}; a read-only mount is
 * a {@link java.nio.file.ReadOnlyFileSystemException} wrapped in an IOException.
 */
public interface ContainerFiles {

  /** Describes a file; a link is described itself, and its target is told resolved. */
  PathStat stat(String path) throws IOException;

  /**
   * Fails if what {@link #getArchive} and {@link #export} write cannot be had at present: once an
   * answer has begun, it can no longer say why it is empty.
   *
   * @throws io.sockerless.engine.EngineException with the reason
   */
  default void requireContents() {}

  /**
   * Writes a file or folder as a tar stream whose names begin with the path's last name; a link at
   * the end is followed if the path ends with a slash or a dot.
   */
  void getArchive(String path, OutputStream tar) throws IOException;

  /**
   * Unpacks a tar stream, which may be compressed, into a folder.
   *
   * @param keepKinds refuse to put a file in a folder's place and the reverse ({@code
   *     noOverwriteDirNonDir})
   * @param keepOwners take over the owners that the stream tells ({@code copyUIDGID}); else they
   *     are taken over as well, as dockerd does
   */
  void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException;

  /**
   * Makes a folder and those above it, where they are not there. Whoever has the files elsewhere
   * may leave it to the start.
   */
  default void makeFolders(String path) throws IOException {}

  /** What differs from the image, in the order of paths; without what is mounted. */
  List<Change> changes() throws IOException;

  /** What differs from the image, as a layer with whiteouts; without what is mounted. */
  void writeLayer(OutputStream tar) throws IOException;

  /** The whole root file system; without what is mounted. */
  void export(OutputStream tar) throws IOException;

  /** The bytes in files that differ from the image's. */
  long size() throws IOException;

  /** One difference from the image. */
  record Change(Kind kind, String path) {
    /** In the order of Docker's numbers. */
    public enum Kind {
      /** 0. */
      MODIFIED,
      /** 1. */
      ADDED,
      /** 2. */
      DELETED
    }
  }

  /**
   * What {@code X-Docker-Container-Path-Stat} tells.
   *
   * @param mode permission bits and type as Go's {@code os.FileMode} has them
   * @param linkTarget the resolved target, empty for what is no link
   */
  record PathStat(String name, long size, long mode, Instant modified, String linkTarget) {}
}
