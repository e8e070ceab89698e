package io.sockerless.archive;

import io.sockerless.archive.TarEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one header block of a tar stream. */
final class TarHeader {

  private static final int CHECKSUM = 148;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int SPARSE = 386;
  private static final int PAIR = 24;

  private final byte[] block;

  /** Takes a block whose checksum must be right. */
  TarHeader(byte[] block) throws IOException {
    this.block = block;
    long told = number(block, CHECKSUM, 8);
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < block.length; i++) {
      byte counted = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
      unsigned += counted & 0xff;
      signed += counted;
    }
    if (told != unsigned && told != signed) {
      throw new IOException("invalid tar header: wrong checksum");
    }
  }

  static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  char type() {
    return (char) (block[TYPE] & 0xff);
  }

  Kind kind(String name) throws IOException {
    return switch (type()) {
      case '0', '\0', '7', 'S' -> name.endsWith("/") && type() != 'S' ? Kind.DIRECTORY : Kind.FILE;
      case '1' -> Kind.HARD_LINK;
      case '2' -> Kind.SYMLINK;
      case '3' -> Kind.CHARACTER;
      case '4' -> Kind.BLOCK;
      case '5' -> Kind.DIRECTORY;
      case '6' -> Kind.FIFO;
      default ->
          throw new IOException(
              "unknown type 0x%02x of tar member %s".formatted((int) type(), name));
    };
  }

  /** Whether content follows; the size that is told of other kinds means nothing. */
  boolean hasData() {
    return type() < '1' || type() > '6';
  }

  String name() {
    String name = text(0, 100);
    boolean posix = text(MAGIC, 6).equals("ustar") && block[MAGIC + 5] == 0;
    String prefix = posix ? text(PREFIX, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  int mode() throws IOException {
    return (int) (number(block, 100, 8) & 07777);
  }

  long uid() throws IOException {
    return number(block, 108, 8);
  }

  long gid() throws IOException {
    return number(block, 116, 8);
  }

  long size() throws IOException {
    long size = number(block, 124, 12);
    if (size < 0) {
      throw new IOException("invalid tar header: size " + size);
    }
    return size;
  }

  long modified() throws IOException {
    return number(block, 136, 12);
  }

  String linkTarget() {
    return text(157, 100);
  }

  int major() throws IOException {
    return (int) number(block, 329, 8);
  }

  int minor() throws IOException {
    return (int) number(block, 337, 8);
  }

  /** The size of a GNU sparse file with its holes. */
  long realSize() throws IOException {
    return number(block, 483, 12);
  }

  /** Reads the first pairs of a GNU sparse map, and tells whether a block with more follows. */
  boolean sparsePairs(SparseMap.Builder map) throws IOException {
    pairs(block, SPARSE, 4, map);
    return block[482] != 0;
  }

  static boolean extendedPairs(byte[] block, SparseMap.Builder map) throws IOException {
    pairs(block, 0, 21, map);
    return block[504] != 0;
  }

  private static void pairs(byte[] block, int offset, int count, SparseMap.Builder map)
      throws IOException {
    for (int i = offset; i < offset + count * PAIR && block[i] != 0; i += PAIR) {
      map.add(number(block, i, 12), number(block, i + 12, 12));
    }
  }

  private String text(int offset, int length) {
    return text(Arrays.copyOfRange(block, offset, offset + length));
  }

  /** The text before the first zero. */
  static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Octal digits, or GNU's binary form for what these cannot tell. */
  private static long number(byte[] block, int offset, int length) throws IOException {
    if ((block[offset] & 0x80) != 0) {
      return binary(block, offset, length);
    }
    String digits =
        new String(block, offset, length, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        throw new IOException("invalid tar header: not a number");
      }
      number = number << 3 | digit;
    }
    return number;
  }

  private static long binary(byte[] block, int offset, int length) throws IOException {
    boolean negative = (block[offset] & 0x40) != 0;
    long number = negative ? -1 : 0;
    for (int i = 0; i < length; i++) {
      int next = i == 0 ? (block[offset] & 0x3f) | (negative ? 0xc0 : 0) : block[offset + i] & 0xff;
      if (number > Long.MAX_VALUE >> 8 || number < Long.MIN_VALUE >> 8) {
        throw new IOException("invalid tar header: a number too large");
      }
      number = number << 8 | next;
    }
    return number;
  }
}
