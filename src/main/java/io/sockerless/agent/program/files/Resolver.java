package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.Folder;
import io.sockerless.agent.program.posix.PosixException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows paths from a root folder on, name by name, as the kernel does for a process whose root it
 * is: dots at the root stay there, and an absolute link begins there again.
 */
public final class Resolver {

  private static final int MAX_LINKS = 40;

  private final String root;

  /** Within a folder, which is {@code /} but in tests. */
  public Resolver(String root) {
    this.root = root;
  }

  /**
   * Finds a file.
   *
   * @param follow whether a link at the end is followed
   * @return to be closed
   * @throws PosixException if there is none
   */
  public Place locate(String path, boolean follow) throws PosixException {
    try (Walk walk = new Walk(Folder.open(root))) {
      return walk.to(path, follow);
    }
  }

  /**
   * Where a link leads in the end, whether there is something or not.
   *
   * @param link its path, without links but itself
   * @param says what it says
   */
  String target(String link, String says) throws PosixException {
    Deque<String> rest = new ArrayDeque<>();
    String at = follow(parent(link), says, rest);
    for (int links = 0; !rest.isEmpty(); ) {
      String name = rest.pop();
      if (name.equals("..")) {
        at = parent(at);
        continue;
      }
      String next = Place.child(at, name);
      Optional<String> further = readLink(next);
      if (further.isEmpty()) {
        at = next;
      } else if (++links > MAX_LINKS) {
        throw new PosixException(Errno.ELOOP);
      } else {
        at = follow(at, further.get(), rest);
      }
    }
    return at;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** Puts a link's names in front of what is left, and tells where they begin. */
  private static String follow(String folder, String says, Deque<String> rest) {
    for (String name : names(says).reversed()) {
      rest.push(name);
    }
    return says.startsWith("/") ? "/" : folder;
  }

  private Optional<String> readLink(String path) throws PosixException {
    try (Place place = locate(path, false)) {
      return place.status().isLink() ? Optional.of(place.readLink()) : Optional.empty();
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The names on a path, without dots that mean nothing. */
  static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /** The folders from the root to where a path has led so far, all open. */
  private static final class Walk implements AutoCloseable {

    private final Deque<Folder> folders = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private final Deque<String> rest = new ArrayDeque<>();
    private int links;

    Walk(Folder root) {
      folders.push(root);
    }

    Place to(String path, boolean follow) throws PosixException {
      follow("/", path, rest);
      while (!rest.isEmpty()) {
        String name = rest.pop();
        if (name.equals("..")) {
          leave();
          continue;
        }
        FileStatus status = folders.element().status(name);
        if (status.isLink() && (follow || !rest.isEmpty())) {
          followLink(name);
        } else if (rest.isEmpty()) {
          return new Place(folders.element().again(), name, Place.child(here(), name));
        } else {
          enter(name, status);
        }
      }
      return end();
    }

    private void leave() {
      if (!names.isEmpty()) {
        names.removeLast();
        folders.pop().close();
      }
    }

    private void followLink(String name) throws PosixException {
      if (++links > MAX_LINKS) {
        throw new PosixException(Errno.ELOOP);
      }
      String says = folders.element().readLink(name);
      while (says.startsWith("/") && !names.isEmpty()) {
        leave();
      }
      follow("/", says, rest);
    }

    private void enter(String name, FileStatus status) throws PosixException {
      if (!status.isFolder()) {
        throw new PosixException(Errno.ENOTDIR);
      }
      folders.push(folders.element().enter(name));
      names.addLast(name);
    }

    private String here() {
      return "/" + String.join("/", names);
    }

    /** The path ended in dots, so that the folder it leads to is open already. */
    private Place end() throws PosixException {
      if (names.isEmpty()) {
        return new Place(folders.element().again(), ".", "/");
      }
      String path = here();
      String last = names.getLast();
      leave();
      return new Place(folders.element().again(), last, path);
    }

    @Override
    public void close() {
      folders.forEach(Folder::close);
    }
  }
}
