package io.sockerless.backend.memory.fs;

import java.time.Instant;

/**
 * What a node is apart from its names and its content.
 *
 * @param linkTarget of a symbolic link, else empty
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
    Instant changed) {

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
        now);
  }

  Attributes withMode(int bits, Instant now) {
    return new Attributes(
        type, bits & 07777, uid, gid, deviceNumber, linkTarget, accessed, modified, now);
  }

  Attributes withOwner(int user, int group, Instant now) {
    return new Attributes(
        type, mode, user, group, deviceNumber, linkTarget, accessed, modified, now);
  }

  Attributes withTimes(Instant access, Instant modification, Instant now) {
    return new Attributes(
        type, mode, uid, gid, deviceNumber, linkTarget, access, modification, now);
  }

  /** After a change of the content, or of the names in a folder. */
  Attributes written(Instant now) {
    return withTimes(accessed, now, now);
  }

  /** After a change of the names that lead here. */
  Attributes renamed(Instant now) {
    return withTimes(accessed, modified, now);
  }
}
