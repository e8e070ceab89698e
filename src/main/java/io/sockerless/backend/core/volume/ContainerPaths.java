package io.sockerless.backend.core.volume;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths inside containers, which are Linux's whatever the host is. */
final class ContainerPaths {

  private ContainerPaths() {}

  /** An absolute path without {@code .}, {@code ..}, doubled and trailing slashes. */
  static String normal(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> names.pollLast();
        default -> names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /** Whether a path is relative and stays, name by name, where it begins. */
  static boolean isLocal(String path) {
    int depth = 0;
    for (String name : path.split("/", -1)) {
      depth +=
          switch (name) {
            case "", "." -> 0;
            case ".." -> -1;
            default -> 1;
          };
      if (depth < 0) {
        return false;
      }
    }
    return !path.startsWith("/");
  }

  /** How deep a normal path lies: the root is at 0. */
  static int depth(String path) {
    return path.equals("/") ? 0 : (int) path.chars().filter(it -> it == '/').count();
  }
}
