package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Errno;
import io.sockerless.agent.program.posix.PosixException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A path as a client of {@code docker cp} gives it: dots in it are taken out as text, and a slash
 * or a dot at its end says that a folder is meant, through a link too.
 */
public final class RequestedPath {

  private final String path;
  private final boolean endsInDot;
  private final boolean isFolder;

  /** Takes a path from the root on, with a slash at its beginning or without. */
  public RequestedPath(String requested) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : Resolver.names(requested)) {
      if (name.equals("..")) {
        names.pollLast();
      } else {
        names.addLast(name);
      }
    }
    path = "/" + String.join("/", names);
    endsInDot = requested.endsWith("/.") || requested.equals(".");
    isFolder = endsInDot || requested.endsWith("/");
  }

  /** What the archive's names begin with. */
  public String name() {
    if (endsInDot) {
      return ".";
    }
    return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
  }

  /** Finds what is meant. */
  public Place locate(Resolver resolver) throws PosixException {
    Place place = resolver.locate(path, isFolder);
    try {
      if (isFolder && !place.status().isFolder()) {
        throw new PosixException(Errno.ENOTDIR);
      }
      return place;
    } catch (PosixException e) {
      place.close();
      throw e;
    }
  }

  /** Where a link leads in the end, whether there is something or not; empty if it is none. */
  public static String target(Resolver resolver, Place place) throws PosixException {
    return place.status().isLink() ? resolver.target(place.path(), place.readLink()) : "";
  }
}
