package io.sockerless.backend.core.driver;

import java.nio.file.Path;
import java.util.List;

/**
 * Something that is mounted over a part of a container's root file system.
 *
 * @param source the bind's file or folder on the host, or the folder in which a volume's files are
 *     kept, or by which containers share a volume that is a tmpfs; empty for a tmpfs of its own
 * @param subpath the file or folder of a volume that is mounted, relative; empty for all of it
 * @param target absolute and normal, inside the container
 * @param copyUp whether an empty volume is first filled with what the image has at the target
 * @param sizeLimit of a tmpfs in bytes, 0 for none
 * @param mode of a tmpfs' root folder
 * @param uid whose a tmpfs' root folder is
 * @param gid and of which group
 * @param flags that a tmpfs is told to have been mounted with, such as {@code noexec}
 */
public record MountPoint(
    Kind kind,
    Path source,
    String subpath,
    String target,
    boolean readOnly,
    boolean copyUp,
    long sizeLimit,
    int mode,
    int uid,
    int gid,
    List<String> flags) {

  /** Copies the list. */
  public MountPoint {
    flags = List.copyOf(flags);
  }

  /** What is mounted. */
  public enum Kind {
    /** A file or folder of the host. */
    BIND,
    /** A volume, whose files only the driver reads. */
    VOLUME,
    /** Memory, gone with the container's end. */
    TMPFS
  }
}
