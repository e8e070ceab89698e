package io.sockerless.backend.memory.fs;

/**
 * A file and how it was reached.
 *
 * @param path absolute, with neither links nor dots in it
 * @param readOnly whether the mount it is in takes no writes
 */
public record Location(Node node, String path, boolean readOnly) {

  /** The path of a name in this folder. */
  public String child(String name) {
    return path.equals("/") ? "/" + name : path + "/" + name;
  }
}
