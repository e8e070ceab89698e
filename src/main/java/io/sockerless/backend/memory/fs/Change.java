package io.sockerless.backend.memory.fs;

import java.time.Instant;

/**
 * The smallest steps that all operations on an {@link InodeTree} are made of. They are absolute, so
 * that to repeat them in their order makes the same tree again.
 */
sealed interface Change {

  /**
   * A node is to have these attributes; it is made if there is none of its number.
   *
   * @param own whether a regular file's content is no longer that of the layers below
   */
  record OfNode(long number, Attributes attributes, boolean own) implements Change {}

  /**
   * A name in a folder is to lead to a node.
   *
   * @param target the node's number, {@link #NOTHING} if the name is to be gone
   */
  record OfName(long folder, String name, long target, Instant time) implements Change {

    static final long NOTHING = 0;

    /** Instead of a time: the folder and the node keep theirs. */
    static final Instant TIMES_KEPT = Instant.MIN;
  }
}
