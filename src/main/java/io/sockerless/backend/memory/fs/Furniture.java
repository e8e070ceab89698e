package io.sockerless.backend.memory.fs;

import java.util.List;

/**
 * What dockerd puts into each container's root, under all that the container does itself: places to
 * mount things at, and the file by which programs tell that they are in a container. It is there
 * for the container alone: neither in its changes nor in what is committed of it.
 *
 * @param path from the root, without a slash before it
 * @param type regular, a directory or a link
 * @param linkTarget empty unless it is a link
 * @see <a href="https://github.com/moby/moby/blob/v28.5.0/daemon/initlayer/setup_unix.go">initlayer
 *     of dockerd</a>
 */
record Furniture(String path, FileType type, String linkTarget) {

  /** All of it, folders before what is in them. */
  static final List<Furniture> ALL =
      List.of(
          file(".dockerenv"),
          folder("dev"),
          file("dev/console"),
          folder("dev/pts"),
          folder("dev/shm"),
          folder("etc"),
          file("etc/hostname"),
          file("etc/hosts"),
          new Furniture("etc/mtab", FileType.SYMLINK, "/proc/mounts"),
          file("etc/resolv.conf"),
          folder("proc"),
          folder("sys"));

  private static Furniture file(String path) {
    return new Furniture(path, FileType.REGULAR, "");
  }

  private static Furniture folder(String path) {
    return new Furniture(path, FileType.DIRECTORY, "");
  }

  /** The names on its path. */
  List<String> names() {
    return List.of(path.split("/"));
  }
}
