package io.sockerless.backend.memory.fs;

import java.io.IOException;

/**
 * The bytes of one regular file, wherever they are kept. Every method is safe from many threads.
 */
interface Content {

  /** The largest size of a file: what the common file systems of Linux allow at least. */
  long MAX_SIZE = 1L << 43;

  /** In bytes. */
  long size();

  /** Whether it is no longer, or never was, that of the layers below. */
  boolean isOwn();

  /** Takes note that it is no longer that of the layers below. */
  void own();

  /** Reads what is there, up to a length; -1 at the end and behind it. */
  int read(long position, byte[] bytes, int offset, int length) throws IOException;

  /** Writes all, with zeros between the end and a position behind it. */
  void write(long position, byte[] bytes, int offset, int length) throws IOException;

  /** Writes all at the end and tells where the end is now. */
  long append(byte[] bytes, int offset, int length) throws IOException;

  /** Cuts it, or lengthens it with zeros. */
  void truncate(long size) throws IOException;

  /** One more user; what is needed for access may be kept until the last one has gone. */
  void use();

  /** One user less. */
  void release() throws IOException;

  /** The file is gone. */
  void discard() throws IOException;

  /** Refuses a size that no file can have. */
  static void checkSize(long size) throws IOException {
    if (size < 0) {
      throw Errno.EINVAL.exception();
    }
    if (size > MAX_SIZE) {
      throw Errno.EFBIG.exception();
    }
  }
}
