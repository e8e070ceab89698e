package io.sockerless.backend.core.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of a container or a build's context as texts: they are none of this machine's. */
public final class PathText {

  private PathText() {}

  /** Without empty, {@code .} and {@code ..} parts; a relative path keeps leading {@code ..}. */
  public static String clean(String path) {
    boolean absolute = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      switch (part) {
        case "", "." -> {
          // They lead nowhere.
        }
        case ".." -> {
          if (!parts.isEmpty() && !parts.getLast().equals("..")) {
            parts.removeLast();
          } else if (!absolute) {
            parts.add(part);
          }
        }
        default -> parts.add(part);
      }
    }
    String joined = String.join("/", parts);
    return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** The last part of a path. */
  public static String name(String path) {
    String clean = clean(path);
    return clean.substring(clean.lastIndexOf('/') + 1);
  }
}
