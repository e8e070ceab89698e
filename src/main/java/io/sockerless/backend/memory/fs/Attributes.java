package io.sockerless.backend.memory.fs;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node is apart from its names and its content.
 *
 * @param linkTarget of a symbolic link, else empty
 * @param extended the extended attributes by name; their values are bytes, a char each
 */
record Attributes(
    FileType type,
    int mode,
    int uid,
    int gid,
    long deviceNumber,
    String linkTarget,
    Instant accessed,
    Instant modified,
    Instant changed,
    Map<String, String> extended) {

  /** What lets a program do more than its user may, and is gone once somebody touches the file. */
  private static final String CAPABILITY = "security.capability";

  static Attributes of(NewNode spec, Instant now) {
    return new Attributes(
        spec.type(),
        spec.mode() & 07777,
        spec.uid(),
        spec.gid(),
        spec.deviceNumber(),
        spec.linkTarget(),
        now,
        now,
        now,
        Map.of());
  }

  Attributes withMode(int bits, Instant now) {
    return new Attributes(
        type, bits & 07777, uid, gid, deviceNumber, linkTarget, accessed, modified, now, extended);
  }

  Attributes withOwner(int user, int group, Instant now) {
    return new Attributes(
        type,
        mode,
        user,
        group,
        deviceNumber,
        linkTarget,
        accessed,
        modified,
        now,
        withoutCapability());
  }

  Attributes withTimes(Instant access, Instant modification, Instant now) {
    return new Attributes(
        type, mode, uid, gid, deviceNumber, linkTarget, access, modification, now, extended);
  }

  Attributes withExtended(Map<String, String> other, Instant now) {
    return new Attributes(
        type, mode, uid, gid, deviceNumber, linkTarget, accessed, modified, now, Map.copyOf(other));
  }

  private Map<String, String> withoutCapability() {
    if (!extended.containsKey(CAPABILITY)) {
      return extended;
    }
    Map<String, String> left = new HashMap<>(extended);
    left.remove(CAPABILITY);
    return Map.copyOf(left);
  }

  /** After a change of the content, or of the names in a folder. */
  Attributes written(Instant now) {
    return new Attributes(
        type, mode, uid, gid, deviceNumber, linkTarget, accessed, now, now, withoutCapability());
  }

  /** After a change of the names that lead here. */
  Attributes renamed(Instant now) {
    return withTimes(accessed, modified, now);
  }
}
