package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A path as a client of {@code docker cp} gives it: dots in it are taken out as text, and a slash
 * or a dot at its end says that a folder is meant, through a link too.
 */
final class RequestedPath {

  private static final int MAX_LINKS = 40;

  private final String path;
  private final boolean endsInDot;
  private final boolean endsInSlash;

  RequestedPath(String requested) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : requested.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    path = "/" + String.join("/", names);
    endsInDot = requested.endsWith("/.") || requested.equals(".");
    endsInSlash = requested.endsWith("/");
  }

  /** What the archive's names begin with. */
  String name() {
    if (endsInDot) {
      return ".";
    }
    return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
  }

  /** Finds what is meant. */
  Location locate(Paths paths) throws IOException {
    Location location = paths.locate(path, endsInDot || endsInSlash);
    if ((endsInDot || endsInSlash) && !location.node().stat().isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    return location;
  }

  /** Where a link leads in the end, whether there is something or not. */
  String target(Paths paths, Location link) throws IOException {
    String rest = link.node().readLink();
    String at = rest.startsWith("/") ? "/" : Paths.parent(link.path());
    Deque<String> names = new ArrayDeque<>(Arrays.asList(rest.split("/")));
    for (int links = 0; !names.isEmpty(); ) {
      String name = names.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = Paths.parent(at);
        continue;
      }
      String next = at.equals("/") ? "/" + name : at + "/" + name;
      if (!isLink(paths, next)) {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        throw Errno.ELOOP.exception();
      }
      String target = paths.readLink(next);
      at = target.startsWith("/") ? "/" : at;
      Arrays.asList(target.split("/")).reversed().forEach(names::push);
    }
    return at;
  }

  private static boolean isLink(Paths paths, String path) throws IOException {
    try {
      FileStat stat = paths.lstat(path);
      return stat.isLink();
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return false;
      }
      throw e;
    }
  }
}
