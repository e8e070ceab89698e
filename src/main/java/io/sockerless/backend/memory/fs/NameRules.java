package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What can be done with names in the folders of a tree, whose lock is held. */
final class NameRules {

  private static final int MAX_NAME = 255;

  private final InodeTable table;

  NameRules(InodeTable table) {
    this.table = table;
  }

  /** A name that can be given to something. */
  void requireFree(Inode folder, String name) throws IOException {
    requireUsable(folder, name);
    if (folder.names().find(name).isPresent()) {
      throw Errno.EEXIST.exception();
    }
  }

  /** What a name leads to; {@link Errno#ENOENT} if it leads nowhere. */
  Inode require(Inode folder, String name) throws IOException {
    return folder.names().find(name).orElseThrow(Errno.ENOENT::exception);
  }

  /** A name that can be, in a folder that is still there. */
  void requireUsable(Inode folder, String name) throws IOException {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw Errno.EINVAL.exception();
    }
    if (name.length() > MAX_NAME / 4 && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      throw Errno.ENAMETOOLONG.exception();
    }
    folder.names();
    if (!folder.isNamed()) {
      throw Errno.ENOENT.exception();
    }
  }

  /** A node that can take the place of another one, as rename(2) sees it. */
  void requireReplaceable(Inode node, Inode newFolder, Optional<Inode> replaced)
      throws IOException {
    if (node.isFolder()) {
      for (long above = newFolder.number();
          above != LowerTree.ROOT;
          above = table.inode(above).parent()) {
        if (above == node.number()) {
          throw Errno.EINVAL.exception();
        }
      }
      if (replaced.isPresent() && !replaced.get().names().isEmpty()) {
        throw Errno.ENOTEMPTY.exception();
      }
    } else if (replaced.isPresent() && replaced.get().isFolder()) {
      throw Errno.EISDIR.exception();
    }
  }
}
