package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.FileStatus;
import io.sockerless.agent.program.posix.Identity;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import java.io.IOException;

/**
 * Gives unpacked files their owner, mode and time.
 *
 * @param keepOwners fail if an owner cannot be given; else an agent that is not root keeps what it
 *     unpacks
 */
public record Attributes(boolean keepOwners) {

  /** All but a folder's time, which changes until it is full. */
  void set(Place place, TarEntry entry) throws IOException {
    int uid = owner(entry.uid());
    int gid = owner(entry.gid());
    FileStatus status = place.status();
    boolean other = status.uid() != uid || status.gid() != gid;
    if (other && (keepOwners || Identity.ownUid() == 0)) {
      place.folder().setOwner(place.name(), uid, gid);
    }
    if (entry.kind() != Kind.SYMLINK) {
      place.folder().setMode(place.name(), entry.mode());
    }
    if (entry.kind() != Kind.DIRECTORY) {
      place.folder().setTime(place.name(), entry.modified());
    }
  }

  private static int owner(long id) throws IOException {
    if (id < 0 || id >= Integer.MAX_VALUE) {
      throw new IOException("no such owner: " + id);
    }
    return (int) id;
  }
}
