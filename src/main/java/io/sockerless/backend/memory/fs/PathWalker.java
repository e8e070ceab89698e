package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds what paths lead to, for one user. Links are followed here and nowhere else, so no path
 * leads out of the container.
 */
final class PathWalker {

  private static final int MAX_LINKS = 40;
  private static final int MAX_NAME = 255;

  private final Mounts mounts;
  private final Credentials credentials;

  PathWalker(Mounts mounts, Credentials credentials) {
    this.mounts = mounts;
    this.credentials = credentials;
  }

  /**
   * What a path came to: the last folder on it, the last name, and what is there.
   *
   * @param name empty if the path ends in a dot or is the root
   */
  record Walk(Location folder, String name, Optional<Location> found, boolean endsInSlash) {}

  /** The container's root. */
  Location root() throws IOException {
    return mounted("/");
  }

  /** The root of what is mounted at exactly that path. */
  Location mounted(String path) throws IOException {
    Mounts.Mount mount = mounts.at(path).orElseThrow();
    return new Location(mount.tree().root(), path, mount.readOnly());
  }

  /**
   * Goes along a path.
   *
   * @param start where a path begins that does not begin at the root
   * @param followLast whether a link at the end is followed too
   * @throws PosixException if there is no way, or none for this user
   */
  Walk walk(Location start, String path, boolean followLast) throws IOException {
    if (path.isEmpty()) {
      throw Errno.ENOENT.exception();
    }
    boolean endsInSlash = path.endsWith("/");
    Deque<String> names = new ArrayDeque<>(List.of(path.split("/+")));
    Location here = path.startsWith("/") ? root() : start;
    Walk walk = new Walk(here, "", Optional.of(here), endsInSlash);
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      here = walk.found().orElseThrow(Errno.ENOENT::exception);
      requireSearchable(here);
      if (name.equals("..")) {
        here = at(Paths.parent(here.path()));
        walk = new Walk(here, "", Optional.of(here), endsInSlash);
        continue;
      }
      if (name.length() > MAX_NAME) {
        throw Errno.ENAMETOOLONG.exception();
      }
      Optional<Location> next = step(here, name);
      boolean last = names.isEmpty();
      boolean follow = next.isPresent() && (!last || followLast || endsInSlash);
      if (follow && next.get().node().stat().isLink()) {
        if (++links > MAX_LINKS) {
          throw Errno.ELOOP.exception();
        }
        String target = target(next.get().node());
        List<String> more = List.of(target.split("/+"));
        more.reversed().forEach(names::push);
        here = target.startsWith("/") ? root() : here;
        walk = new Walk(here, "", Optional.of(here), endsInSlash);
        continue;
      }
      walk = new Walk(here, name, next, endsInSlash);
    }
    if (endsInSlash
        && walk.found().isPresent()
        && !walk.found().get().node().stat().isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    return walk;
  }

  private void requireSearchable(Location folder) throws IOException {
    FileStat stat = folder.node().stat();
    if (!stat.isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    if (!credentials.may(stat, 1)) {
      throw Errno.EACCES.exception();
    }
  }

  /** Where a link leads that was there a moment ago, and may have been replaced since. */
  private static String target(Node link) throws IOException {
    try {
      return link.readLink();
    } catch (PosixException e) {
      throw e.errno() == Errno.EINVAL ? Errno.ENOENT.exception() : e;
    }
  }

  /** What is at a path that was found before, and has neither links nor dots in it. */
  private Location at(String path) throws IOException {
    Location here = root();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        here = step(here, name).orElseThrow(Errno.ENOENT::exception);
      }
    }
    return here;
  }

  private Optional<Location> step(Location folder, String name) throws IOException {
    String path = folder.child(name);
    if (mounts.at(path).isPresent()) {
      return Optional.of(mounted(path));
    }
    return folder.node().lookup(name).map(node -> new Location(node, path, folder.readOnly()));
  }
}
