package io.sockerless.backend.memory.device;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/** A device that gives bytes of one kind and swallows what is written. */
final class Device extends OpenFile {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** What it gives and takes. */
  enum Kind {
    NULL,
    ZERO,
    FULL,
    RANDOM
  }

  private final FileStat stat;
  private final Kind kind;

  Device(FileStat stat, Kind kind) {
    this.stat = stat;
    this.kind = kind;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    switch (kind) {
      case NULL -> {
        return -1;
      }
      case ZERO, FULL -> Arrays.fill(bytes, offset, offset + length, (byte) 0);
      case RANDOM -> {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        System.arraycopy(random, 0, bytes, offset, length);
      }
    }
    return length;
  }

  @Override
  public int readAt(long position, byte[] bytes, int offset, int length) {
    return read(bytes, offset, length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (kind == Kind.FULL) {
      throw Errno.ENOSPC.exception();
    }
  }

  @Override
  public void writeAt(long position, byte[] bytes, int offset, int length) throws IOException {
    write(bytes, offset, length);
  }

  @Override
  public long seek(long offset, Whence whence) {
    return 0;
  }

  /** To empty it changes nothing, as with every device. */
  @Override
  public void truncate(long size) {}

  @Override
  public FileStat stat() {
    return stat;
  }
}
