package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.Folder;
import io.sockerless.agent.program.posix.PosixException;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Unpacks a tar stream into a folder, and nowhere else: not by dots in a name, and not through a
 * link, whether the stream brought it or it was there or somebody makes it meanwhile. What cannot
 * be done is an error; what came before it stays.
 */
public final class Extraction {

  private static final int MAX_NAME = 4_096;

  private final Resolver resolver;
  private final Place root;
  private final Attributes attributes;
  private final boolean keepKinds;
  private final List<FullFolder> folders = new ArrayList<>();

  /** A folder whose time is set once it is full. */
  private record FullFolder(String path, Instant modified) {}

  /**
   * Into a folder.
   *
   * @param resolver that has found the root
   * @param root real and there
   * @param keepKinds refuse to put a file in a folder's place and the reverse
   */
  public Extraction(Resolver resolver, Place root, Attributes attributes, boolean keepKinds) {
    this.resolver = resolver;
    this.root = root;
    this.attributes = attributes;
    this.keepKinds = keepKinds;
  }

  /** Unpacks a stream; an empty one holds nothing. */
  public void run(InputStream input) throws IOException {
    TarReader tar = new TarReader(input);
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      try {
        extract(next.get(), tar);
      } catch (PosixException e) {
        throw new EntryException(next.get().name(), e);
      }
    }
    for (FullFolder folder : folders.reversed()) {
      try (Place place = resolver.locate(folder.path(), false)) {
        place.folder().setTime(place.name(), folder.modified());
      } catch (PosixException e) {
        throw new EntryException(folder.path(), e);
      }
    }
  }

  private void extract(TarEntry entry, TarReader tar) throws IOException {
    List<String> names = names(entry.name());
    if (names.isEmpty()) {
      return;
    }
    try (Place place = place(names, entry.name(), true)) {
      if (makeRoom(place, entry)) {
        make(place, entry, tar);
      }
      if (entry.kind() != Kind.HARD_LINK) {
        attributes.set(place, entry);
        if (entry.kind() == Kind.DIRECTORY) {
          folders.add(new FullFolder(place.path(), entry.modified()));
        }
      }
    }
  }

  /** The names on a path from the root on; dots are taken out as text, as dockerd does. */
  private List<String> names(String name) throws IOException {
    if (name.length() > MAX_NAME) {
      throw new PosixException(Errno.ENAMETOOLONG);
    }
    List<String> names = new ArrayList<>();
    for (String next : Resolver.names(name)) {
      if (!next.equals("..")) {
        names.addLast(next);
      } else if (names.isEmpty()) {
        throw outside(name);
      } else {
        names.removeLast();
      }
    }
    return names;
  }

  private IOException outside(String name) {
    return new IOException("\"" + name + "\" is outside of \"" + root.path() + "\"");
  }

  /**
   * Goes to the folder of the last name, within the root.
   *
   * @param make whether what is not there on the way is made
   */
  private Place place(List<String> names, String told, boolean make) throws IOException {
    Folder at = root.open();
    String path = root.path();
    try {
      for (String name : names.subList(0, names.size() - 1)) {
        try (Place next = step(at, path, name, told, make)) {
          Folder entered = next.open();
          at.close();
          at = entered;
          path = next.path();
        }
      }
      return new Place(at, names.getLast(), Place.child(path, names.getLast()));
    } catch (IOException e) {
      at.close();
      throw e;
    }
  }

  private Place step(Folder at, String path, String name, String told, boolean make)
      throws IOException {
    Optional<FileStatus> status = at.find(name);
    if (status.isPresent() && status.get().isLink()) {
      return within(Place.child(path, name), told);
    }
    if (status.isEmpty() && make) {
      at.makeFolder(name, 0755);
    }
    return new Place(at.again(), name, Place.child(path, name));
  }

  /** Where a link on the way leads, if it is in the root. */
  private Place within(String link, String told) throws IOException {
    Place target = resolver.locate(link, true);
    String path = target.path();
    String top = root.path();
    if (!top.equals("/") && !path.equals(top) && !path.startsWith(top + "/")) {
      target.close();
      throw outside(told);
    }
    return target;
  }

  /** Removes what is in an entry's place; tells whether it is to be made then. */
  private boolean makeRoom(Place place, TarEntry entry) throws IOException {
    Optional<FileStatus> there = place.folder().find(place.name());
    if (there.isEmpty()) {
      return true;
    }
    boolean wasFolder = there.get().isFolder();
    boolean folder = entry.kind() == Kind.DIRECTORY;
    if (wasFolder && folder) {
      return false;
    }
    if (keepKinds && wasFolder != folder) {
      String words =
          wasFolder
              ? "cannot overwrite directory \"%s\" with non-directory \"%s\""
              : "cannot overwrite non-directory \"%s\" with directory \"%s\"";
      throw new IOException(words.formatted(place.path(), root.path()));
    }
    if (entry.kind() == Kind.HARD_LINK && isSameFile(there.get(), entry)) {
      return false;
    }
    Removal.remove(place.folder(), place.name());
    return true;
  }

  /** To replace a name by a link to itself would lose the file. */
  private boolean isSameFile(FileStatus status, TarEntry entry) throws IOException {
    try (Place target = target(entry)) {
      return status.isSameFile(target.status());
    }
  }

  /** What a hard link joins, which is in the root, whatever links are on the way. */
  private Place target(TarEntry entry) throws IOException {
    List<String> names = names(entry.linkTarget());
    if (names.isEmpty()) {
      throw new PosixException(Errno.EPERM);
    }
    return place(names, entry.linkTarget(), false);
  }

  private void make(Place place, TarEntry entry, TarReader tar) throws IOException {
    Folder folder = place.folder();
    String name = place.name();
    switch (entry.kind()) {
      case FILE -> FileWriter.write(folder, name, entry, tar);
      case DIRECTORY -> folder.makeFolder(name, 0755);
      case SYMLINK -> folder.makeLink(entry.linkTarget(), name);
      case HARD_LINK -> {
        try (Place target = target(entry)) {
          folder.join(target.folder(), target.name(), name);
        }
      }
      case FIFO -> folder.makeNode(name, FileTypes.PIPE | 0600, 0, 0);
      case CHARACTER ->
          folder.makeNode(name, FileTypes.CHARACTER | 0600, entry.major(), entry.minor());
      case BLOCK -> folder.makeNode(name, FileTypes.BLOCK | 0600, entry.major(), entry.minor());
    }
  }
}
