package io.sockerless.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One ustar header block that is written. */
final class TarHeaderBuilder {

  /** The largest user or group that octal digits tell. */
  static final long MAX_OWNER = 07777777;

  /** The largest size or time that octal digits tell. */
  static final long MAX_SIZE = 077777777777L;

  private static final int NAME_LENGTH = 100;
  private static final int PREFIX_LENGTH = 155;
  private static final int PREFIX = 345;
  private static final int LINK = 157;
  private static final int CHECKSUM = 148;

  private final byte[] block = new byte[TarReader.BLOCK];

  TarHeaderBuilder(char type) {
    block[156] = (byte) type;
    text(257, "ustar\00000".getBytes(StandardCharsets.US_ASCII), 8);
    mode(0).owner(0, 0).size(0).modified(0).device(0, 0);
  }

  TarHeaderBuilder mode(int mode) {
    number(100, 8, mode);
    return this;
  }

  TarHeaderBuilder owner(long uid, long gid) {
    number(108, 8, uid);
    number(116, 8, gid);
    return this;
  }

  TarHeaderBuilder size(long size) {
    number(124, 12, size);
    return this;
  }

  TarHeaderBuilder modified(long seconds) {
    number(136, 12, seconds);
    return this;
  }

  TarHeaderBuilder device(int major, int minor) {
    number(329, 8, major);
    number(337, 8, minor);
    return this;
  }

  /** Takes over a name, and tells whether it is whole and in the characters that ustar has. */
  boolean name(byte[] name) {
    int slash = name.length > NAME_LENGTH ? split(name) : -1;
    if (slash < 0) {
      text(0, name, NAME_LENGTH);
      return name.length <= NAME_LENGTH && isAscii(name);
    }
    text(PREFIX, Arrays.copyOf(name, slash), PREFIX_LENGTH);
    text(0, Arrays.copyOfRange(name, slash + 1, name.length), NAME_LENGTH);
    return isAscii(name);
  }

  /** The slash at which a long name fits into its two fields, -1 if none does. */
  private static int split(byte[] name) {
    for (int i = Math.max(1, name.length - NAME_LENGTH - 1);
        i <= PREFIX_LENGTH && i < name.length - 1;
        i++) {
      if (name[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  /** Takes over a link's target, and tells whether it is whole. */
  boolean linkTarget(byte[] target) {
    text(LINK, target, NAME_LENGTH);
    return target.length <= NAME_LENGTH && isAscii(target);
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private void text(int offset, byte[] text, int length) {
    System.arraycopy(text, 0, block, offset, Math.min(text.length, length));
  }

  /** Octal digits and a zero; GNU's binary form for what these cannot tell. */
  private void number(int offset, int length, long number) {
    long rest = number;
    boolean octal = number >= 0 && number < 1L << (3 * (length - 1));
    if (octal) {
      for (int i = length - 2; i >= 0; i--) {
        block[offset + i] = (byte) ('0' + (rest & 7));
        rest >>= 3;
      }
      block[offset + length - 1] = 0;
      return;
    }
    for (int i = length - 1; i >= 0; i--) {
      block[offset + i] = (byte) rest;
      rest >>= 8;
    }
    block[offset] |= (byte) 0x80;
  }

  byte[] build() {
    Arrays.fill(block, CHECKSUM, CHECKSUM + 8, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    number(CHECKSUM, 7, sum);
    return block.clone();
  }
}
