package io.sockerless.backend.memory.utility;

/** Names and lines as utilities take them apart. */
public final class Strings {

  private Strings() {}

  /** The last name of a path, slashes behind it left out; {@code /} of {@code /}. */
  public static String lastName(String path) {
    String trimmed = trimSlashes(path);
    return trimmed.equals("/") ? trimmed : trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /** A path without the slashes at its end, but for the root's. */
  public static String trimSlashes(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
