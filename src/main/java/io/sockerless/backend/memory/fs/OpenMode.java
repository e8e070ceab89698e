package io.sockerless.backend.memory.fs;

/**
 * What a file is opened for.
 *
 * @param append each write goes to the end
 */
public record OpenMode(boolean read, boolean write, boolean append, boolean truncate) {

  /** For reading. */
  public static final OpenMode READ = new OpenMode(true, false, false, false);

  /** For writing, emptied first. */
  public static final OpenMode WRITE = new OpenMode(false, true, false, true);

  /** For writing at the end. */
  public static final OpenMode APPEND = new OpenMode(false, true, true, false);

  /** For reading and writing, as it is. */
  public static final OpenMode READ_WRITE = new OpenMode(true, true, false, false);
}
