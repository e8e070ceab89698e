package io.sockerless.agent.program;

import io.sockerless.agent.program.files.ArchiveOutput;
import io.sockerless.agent.program.files.Attributes;
import io.sockerless.agent.program.files.EntryException;
import io.sockerless.agent.program.files.Extraction;
import io.sockerless.agent.program.files.Place;
import io.sockerless.agent.program.files.RequestedPath;
import io.sockerless.agent.program.files.Resolver;
import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.archive.GoFileMode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Instant;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The files of the container that the agent is in, for copying. Paths are told from a root folder
 * on and never lead out of it, whatever links lie on the way.
 *
 * <p>A path that is not there is a {@link NoSuchFileException} with the path; one that leads
 * through a file is a {@link NotDirectoryException}; a file system that is read only is a {@link
 * ReadOnlyFileSystemException} wrapped in an IOException.
 */
public final class LocalFiles {

  private static final int BUFFER = 65_536;

  private final Resolver resolver;

  /** The files below a folder, which is {@code /} but in tests. */
  public LocalFiles(Path root) {
    this.resolver = new Resolver(root.toString());
  }

  /**
   * What {@code X-Docker-Container-Path-Stat} tells.
   *
   * @param mode permission bits and type as Go's {@code os.FileMode} has them
   * @param linkTarget the resolved target, empty for what is no link
   */
  public record PathStat(String name, long size, long mode, Instant modified, String linkTarget) {}

  /** Describes a file; a link is described itself, and its target is told resolved. */
  public PathStat stat(String path) throws IOException {
    RequestedPath requested = new RequestedPath(path);
    try (Place place = requested.locate(resolver)) {
      FileStatus status = place.status();
      return new PathStat(
          requested.name(),
          status.size(),
          GoFileMode.of(status.mode()),
          status.modified(),
          RequestedPath.target(resolver, place));
    } catch (PosixException e) {
      throw outward(path, e.errno(), e);
    }
  }

  /**
   * Writes a file or folder as a tar stream whose names begin with the path's last name; a link at
   * the end is followed if the path ends with a slash or a dot.
   */
  public void getArchive(String path, OutputStream tar) throws IOException {
    RequestedPath requested = new RequestedPath(path);
    try (Place place = requested.locate(resolver);
        ArchiveOutput output = new ArchiveOutput(tar)) {
      output.put(place, requested.name());
    } catch (PosixException e) {
      throw outward(path, e.errno(), e);
    }
  }

  /**
   * Writes all that is in the root, without what is mounted over it.
   *
   * @param mounts where that is, as {@link io.sockerless.agent.program.files.MountTable} has it
   */
  public void export(Set<String> mounts, OutputStream tar) throws IOException {
    try (Place root = resolver.locate("/", true);
        ArchiveOutput output = new ArchiveOutput(tar, mounts)) {
      output.putRoot(root);
    } catch (PosixException e) {
      throw outward("/", e.errno(), e);
    }
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
    try (Place folder = resolver.locate(path, true)) {
      if (!folder.status().isFolder()) {
        throw new PosixException(Errno.ENOTDIR);
      }
      new Extraction(resolver, folder, new Attributes(keepOwners), keepKinds).run(unpacked(tar));
    } catch (EntryException e) {
      throw e.errno() == Errno.EROFS ? outward(path, Errno.EROFS, e) : e;
    } catch (PosixException e) {
      throw outward(path, e.errno(), e);
    }
  }

  /** Other ways to pack a stream need libraries, which the agent has none of. */
  private static InputStream unpacked(InputStream tar) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(tar, BUFFER);
    buffered.mark(2);
    boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return packed
        ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER)
        : buffered;
  }

  private static IOException outward(String path, int errno, IOException cause) {
    return switch (errno) {
      case Errno.ENOENT -> (IOException) new NoSuchFileException(path).initCause(cause);
      case Errno.ENOTDIR -> (IOException) new NotDirectoryException(path).initCause(cause);
      case Errno.EROFS ->
          new IOException(
              "container rootfs is marked read-only", new ReadOnlyFileSystemException());
      default -> new IOException(path + ": " + cause.getMessage(), cause);
    };
  }
}
