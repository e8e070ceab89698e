package io.sockerless.backend.memory.utility.regex;

/**
 * Where a regular expression and its groups matched; group 0 is all of it.
 *
 * @param starts -1 for a group that took no part
 */
@SuppressWarnings("ArrayRecordComponent")
public record Match(int[] starts, int[] ends) {

  /** Where it begins. */
  public int start() {
    return starts[0];
  }

  /** Where it ends. */
  public int end() {
    return ends[0];
  }

  /** Where a group begins, -1 if it took no part or is none. */
  public int start(int group) {
    return group < starts.length ? starts[group] : -1;
  }

  /** Where a group ends. */
  public int end(int group) {
    return group < ends.length ? ends[group] : -1;
  }

  /** A group's text, empty if it took no part. */
  public String group(String text, int group) {
    return start(group) < 0 ? "" : text.substring(start(group), end(group));
  }
}
