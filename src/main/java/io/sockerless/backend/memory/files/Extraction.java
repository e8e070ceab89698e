package io.sockerless.backend.memory.files;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarReader.Piece;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Unpacks a tar stream into a folder of a container, and nowhere else: not by dots in a name, and
 * not through a link, whether the stream brought it or it was there. What cannot be done is an
 * error; what came before it stays.
 */
final class Extraction {

  private static final int MAX_NAME = 4_096;
  private static final int BUFFER = 65_536;

  private final Paths paths;
  private final String root;
  private final boolean keepKinds;
  private final List<Folder> folders = new ArrayList<>();

  /** A folder whose time is set once it is full. */
  private record Folder(String path, TarEntry entry) {}

  /**
   * Into a folder.
   *
   * @param paths as root sees them
   * @param root real and there
   * @param keepKinds refuse to put a file in a folder's place and the reverse
   */
  Extraction(Paths paths, String root, boolean keepKinds) {
    this.paths = paths;
    this.root = root;
    this.keepKinds = keepKinds;
  }

  /** Unpacks a stream, which may be compressed; an empty one holds nothing. */
  void run(InputStream input) throws IOException {
    TarReader tar = new TarReader(Decompression.of(input));
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      try {
        extract(next.get(), tar);
      } catch (PosixException e) {
        throw new IOException(next.get().name() + ": " + e.getMessage(), e);
      }
    }
    for (Folder folder : folders.reversed()) {
      setTime(folder.path(), folder.entry());
    }
  }

  private void extract(TarEntry entry, TarReader tar) throws IOException {
    List<String> names = names(entry.name());
    if (names.isEmpty()) {
      return;
    }
    String folder = folder(names.subList(0, names.size() - 1), entry.name());
    String path = child(folder, names.getLast());
    if (makeRoom(path, entry)) {
      make(path, entry, tar);
    }
    setAttributes(path, entry);
  }

  /** The names on a path from the root on; dots are taken out as text, as dockerd does. */
  private List<String> names(String name) throws IOException {
    if (name.length() > MAX_NAME) {
      throw Errno.ENAMETOOLONG.exception();
    }
    Deque<String> names = new ArrayDeque<>();
    for (String next : name.split("/", -1)) {
      switch (next) {
        case "", "." -> {}
        case ".." -> {
          if (names.isEmpty()) {
            throw outside(name);
          }
          names.removeLast();
        }
        default -> names.addLast(next);
      }
    }
    return List.copyOf(names);
  }

  private IOException outside(String name) {
    return new IOException("\"" + name + "\" is outside of \"" + root + "\"");
  }

  private static String child(String folder, String name) {
    return folder.equals("/") ? "/" + name : folder + "/" + name;
  }

  /** Goes to a folder within the root, and makes what is not there on the way. */
  private String folder(List<String> names, String told) throws IOException {
    String at = root;
    for (String name : names) {
      String path = child(at, name);
      Optional<Location> next = find(path);
      if (next.isEmpty()) {
        paths.makeDirectory(path, 0755);
        at = path;
      } else if (next.get().node().stat().isLink()) {
        at = within(path, told);
      } else {
        at = path;
      }
    }
    return at;
  }

  /** Where a link on the way leads, if it is in the root. */
  private String within(String link, String told) throws IOException {
    String target = paths.realPath(link);
    if (!root.equals("/") && !target.equals(root) && !target.startsWith(root + "/")) {
      throw outside(told);
    }
    return target;
  }

  private Optional<Location> find(String path) throws IOException {
    try {
      return Optional.of(paths.locate(path, false));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Removes what is in an entry's place; tells whether it is to be made then. */
  private boolean makeRoom(String path, TarEntry entry) throws IOException {
    Optional<Location> there = find(path);
    if (there.isEmpty()) {
      return true;
    }
    boolean wasFolder = there.get().node().stat().isDirectory();
    boolean folder = entry.kind() == Kind.DIRECTORY;
    if (wasFolder && folder) {
      return false;
    }
    if (keepKinds && wasFolder != folder) {
      throw new IOException(
          wasFolder
              ? "cannot overwrite directory \"" + path + "\" with non-directory \"" + root + "\""
              : "cannot overwrite non-directory \"" + path + "\" with directory \"" + root + "\"");
    }
    if (entry.kind() == Kind.HARD_LINK && isSameFile(path, entry)) {
      return false;
    }
    remove(path);
    return true;
  }

  /** To replace a name by a link to itself would lose the file. */
  private boolean isSameFile(String path, TarEntry entry) throws IOException {
    return paths.lstat(path).isSameFile(paths.lstat(target(entry)));
  }

  private void remove(String path) throws IOException {
    List<String> found = new ArrayList<>();
    new TreeWalk(paths).walk(path, (relative, node, stat) -> found.add(relative));
    for (String relative : found.reversed()) {
      String each = relative.isEmpty() ? path : path + "/" + relative;
      if (paths.lstat(each).isDirectory()) {
        paths.removeDirectory(each);
      } else {
        paths.unlink(each);
      }
    }
  }

  private void make(String path, TarEntry entry, TarReader tar) throws IOException {
    switch (entry.kind()) {
      case FILE -> makeFile(path, entry, tar);
      case DIRECTORY -> paths.makeDirectory(path, 0755);
      case SYMLINK -> {
        if (entry.linkTarget().isEmpty() || entry.linkTarget().length() > MAX_NAME) {
          throw Errno.ENOENT.exception();
        }
        paths.makeLink(entry.linkTarget(), path);
      }
      case HARD_LINK -> paths.hardLink(target(entry), path);
      case FIFO -> paths.makeNode(path, FileType.FIFO, 0600, 0);
      case CHARACTER -> paths.makeNode(path, FileType.CHARACTER, 0600, device(entry));
      case BLOCK -> paths.makeNode(path, FileType.BLOCK, 0600, device(entry));
    }
  }

  private static long device(TarEntry entry) {
    return (long) entry.major() << 8 | (entry.minor() & 0xff);
  }

  /** What a hard link joins, which is in the root, whatever links are on the way. */
  private String target(TarEntry entry) throws IOException {
    List<String> names = names(entry.linkTarget());
    if (names.isEmpty()) {
      throw Errno.EPERM.exception();
    }
    String at = root;
    for (String name : names.subList(0, names.size() - 1)) {
      at = within(child(at, name), entry.linkTarget());
    }
    return child(at, names.getLast());
  }

  /** Holes stay holes: a small stream that tells of a huge file must not fill the disk. */
  private void makeFile(String path, TarEntry entry, TarReader tar) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0600, true);
        InputStream content = tar.content()) {
      byte[] buffer = new byte[BUFFER];
      long position = 0;
      for (Piece piece : tar.pieces()) {
        content.skipNBytes(piece.start() - position);
        position = piece.start();
        long end = piece.start() + piece.length();
        while (position < end) {
          int count = content.read(buffer, 0, (int) Math.min(BUFFER, end - position));
          if (count < 0) {
            throw new EOFException("unexpected end of the tar stream");
          }
          file.writeAt(position, buffer, 0, count);
          position += count;
        }
      }
      if (position < entry.size()) {
        file.truncate(entry.size());
      }
    }
  }

  private void setAttributes(String path, TarEntry entry) throws IOException {
    if (entry.kind() == Kind.HARD_LINK) {
      return;
    }
    FileStat stat = paths.lstat(path);
    int uid = owner(entry.uid());
    int gid = owner(entry.gid());
    if (stat.uid() != uid || stat.gid() != gid) {
      paths.setOwner(path, uid, gid, false);
    }
    if (entry.kind() != Kind.SYMLINK) {
      paths.setMode(path, entry.mode());
    }
    if (!entry.extended().isEmpty()) {
      paths.setExtendedAttributes(path, entry.extended());
    }
    if (entry.kind() == Kind.DIRECTORY) {
      folders.add(new Folder(path, entry));
    } else {
      setTime(path, entry);
    }
  }

  private static int owner(long id) throws IOException {
    if (id < 0 || id >= Integer.MAX_VALUE) {
      throw new IOException("no such owner: " + id);
    }
    return (int) id;
  }

  private void setTime(String path, TarEntry entry) throws IOException {
    paths.setTimes(path, entry.modified(), entry.modified(), false);
  }
}
