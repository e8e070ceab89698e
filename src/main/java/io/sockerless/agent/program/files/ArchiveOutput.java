package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Descriptor;
import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.Folder;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files to a tar stream; a further name of one file becomes a hard link. What the kernel
 * makes up, such as {@code /proc}, is an empty folder, since no image has it either.
 */
public final class ArchiveOutput implements AutoCloseable {

  private static final int BUFFER = 65_536;

  private final TarWriter tar;
  private final Map<FileKey, String> written = new HashMap<>();
  private final Set<String> mounts;

  /** What tells whether two names are of one file. */
  private record FileKey(long fileSystem, long inode) {}

  /** Writes to a stream, which stays open. */
  public ArchiveOutput(OutputStream output) {
    this(output, Set.of());
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param mounts where something is mounted, from the root on: of a folder the name alone is
   *     written, of a file nothing
   */
  public ArchiveOutput(OutputStream output, Set<String> mounts) {
    this.tar = new TarWriter(new BufferedOutputStream(output, BUFFER));
    this.mounts = Set.copyOf(mounts);
  }

  /** Writes all that is in a root folder, under names that begin with no slash. */
  public void putRoot(Place root) throws IOException {
    try (Folder folder = root.open()) {
      putAll(folder, root.status(), "");
    }
  }

  /** Writes a file, or a folder with all that is in it, under a name. */
  public void put(Place place, String name) throws IOException {
    FileStatus status = place.status();
    putOne(place.folder(), place.name(), status, name);
    if (status.isFolder()) {
      try (Folder folder = place.open()) {
        putAll(folder, status, name);
      }
    }
  }

  private void putAll(Folder folder, FileStatus status, String name) throws IOException {
    for (String each : folder.names()) {
      String told = name.isEmpty() ? each : name.equals("/") ? "/" + each : name + "/" + each;
      Optional<FileStatus> found = folder.find(each);
      if (found.isEmpty()) {
        continue; // It was removed since the names were read, which is as if it never was there.
      }
      boolean covered = mounts.contains("/" + told);
      if (covered && !found.get().isFolder()) {
        continue;
      }
      putOne(folder, each, found.get(), told);
      if (found.get().isFolder() && !covered) {
        boolean mounted = found.get().fileSystem() != status.fileSystem();
        try (Folder inner = folder.enter(each)) {
          if (!mounted || !isKernels(inner, told)) {
            putAll(inner, found.get(), told);
          }
        }
      }
    }
  }

  private static boolean isKernels(Folder mounted, String name) throws PosixException {
    return mounted.isMadeUp() || name.equals("/dev") || name.equals("./dev");
  }

  private void putOne(Folder folder, String name, FileStatus status, String told)
      throws IOException {
    Optional<Kind> kind = FileTypes.kind(status);
    if (kind.isEmpty()) {
      return;
    }
    if (status.links() > 1 && !status.isFolder()) {
      FileKey key = new FileKey(status.fileSystem(), status.inode());
      String first = written.putIfAbsent(key, told);
      if (first != null) {
        tar.put(entry(told, Kind.HARD_LINK, status, first));
        return;
      }
    }
    String target = status.isLink() ? folder.readLink(name) : "";
    TarEntry entry = entry(told, kind.get(), status, target);
    if (!status.isRegular()) {
      tar.put(entry);
      return;
    }
    try (Descriptor file = folder.read(name);
        InputStream content = file.input()) {
      tar.put(entry, content);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  private static TarEntry entry(String name, Kind kind, FileStatus status, String target) {
    boolean device = kind == Kind.CHARACTER || kind == Kind.BLOCK;
    return new TarEntry(
        name,
        kind,
        status.mode() & 07777,
        Integer.toUnsignedLong(status.uid()),
        Integer.toUnsignedLong(status.gid()),
        status.modified(),
        target,
        device ? status.major() : 0,
        device ? status.minor() : 0,
        kind == Kind.FILE ? status.size() : 0);
  }

  /** Ends the archive, and leaves the stream open. */
  @Override
  public void close() throws IOException {
    tar.close();
  }
}
