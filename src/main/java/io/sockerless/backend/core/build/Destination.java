package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerFiles.PathStat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A path in a container as far as it is there, links followed.
 *
 * @param folder the deepest folder on the way that is there, absolute
 * @param missing the parts behind it
 * @param isFile whether the only part that is told as missing is there, and is no folder
 */
record Destination(String folder, List<String> missing, boolean isFile) {

  private static final long FOLDER = 1L << 31;
  private static final int MAX_LINKS = 255;

  /** Finds a path. */
  static Destination of(ContainerFiles files, String path) throws IOException {
    Deque<String> left = parts(path);
    String at = "/";
    int links = 0;
    while (!left.isEmpty()) {
      String name = left.pop();
      String next = at.equals("/") ? "/" + name : at + "/" + name;
      PathStat stat;
      try {
        stat = files.stat(next);
      } catch (NoSuchFileException e) {
        List<String> missing = new ArrayList<>();
        missing.add(name);
        missing.addAll(left);
        return new Destination(at, List.copyOf(missing), false);
      }
      if (!stat.linkTarget().isEmpty()) {
        if (++links > MAX_LINKS) {
          throw new IOException(path + ": too many levels of symbolic links");
        }
        parts(stat.linkTarget()).reversed().forEach(left::push);
        at = "/";
      } else if ((stat.mode() & FOLDER) != 0) {
        at = next;
      } else if (left.isEmpty()) {
        return new Destination(at, List.of(name), true);
      } else {
        throw new IOException("cannot copy to non-directory: " + next);
      }
    }
    return new Destination(at, List.of(), false);
  }

  private static Deque<String> parts(String path) {
    String clean = PathText.clean("/" + path);
    return clean.equals("/")
        ? new ArrayDeque<>()
        : new ArrayDeque<>(List.of(clean.substring(1).split("/", -1)));
  }

  /** Whether the whole path is a folder that is there. */
  boolean isFolder() {
    return missing.isEmpty();
  }

  /** The whole path, whether it is there or not. */
  String path() {
    String rest = String.join("/", missing);
    return folder.equals("/") ? "/" + rest : rest.isEmpty() ? folder : folder + "/" + rest;
  }
}
