package io.sockerless.backend.memory.fs;

import java.util.List;

/** Who asks: the user and the groups of a process. User 0 may do everything. */
public record Credentials(int uid, int gid, List<Integer> groups) {

  /** User 0, group 0. */
  public static final Credentials ROOT = new Credentials(0, 0, List.of(0));

  /** Copies the list. */
  public Credentials {
    groups = List.copyOf(groups);
  }

  /** Whether it is user 0. */
  public boolean isRoot() {
    return uid == 0;
  }

  /** Whether the group is one of its own. */
  public boolean isIn(int group) {
    return gid == group || groups.contains(group);
  }

  /**
   * Whether it may do all of something.
   *
   * @param wanted the sum of 4 to read, 2 to write, 1 to execute or to search a folder
   */
  public boolean may(FileStat stat, int wanted) {
    if (isRoot()) {
      return (wanted & 1) == 0 || stat.isDirectory() || (stat.mode() & 0111) != 0;
    }
    int shift = stat.uid() == uid ? 6 : isIn(stat.gid()) ? 3 : 0;
    return (stat.mode() >> shift & wanted) == wanted;
  }
}
