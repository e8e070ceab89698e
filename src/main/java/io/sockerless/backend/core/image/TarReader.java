package io.sockerless.backend.core.image;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar stream that may be hostile: strictly, one entry after the other, with bounded memory
 * whatever its headers say. It knows ustar, PAX and GNU's long names.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">POSIX pax</a>
 */
final class TarReader implements Closeable {

  private static final int BLOCK = 512;
  private static final int MAX_HEADER = 1024 * 1024;
  private static final int MAX_NAME = 4096;

  private final InputStream in;
  private final Map<String, String> global = new HashMap<>();
  private long remaining;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** Reads a file, passing over the data that nobody asks for. */
  static TarReader open(Path file) throws IOException {
    return new TarReader(new BufferedInputStream(Files.newInputStream(file), 16 * BLOCK));
  }

  /**
   * One entry.
   *
   * @param type as the header has it: {@code '0'} for a file, {@code '5'} for a folder, {@code '1'}
   *     for a hard and {@code '2'} for a symbolic link
   */
  record Entry(String name, char type, String linkName, long size) {
    /** Whether it has data. */
    boolean isFile() {
      return type == '0' || type == '7';
    }
  }

  /** The next entry; empty at the end. */
  Optional<Entry> next() throws IOException {
    Map<String, String> extra = new HashMap<>(global);
    while (true) {
      skipData();
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || isZero(header)) {
        in.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
      }
      if (header.length < BLOCK) {
        throw new EOFException("archive/tar: unexpected EOF");
      }
      checkSum(header);
      long size = number(header, 124, 12);
      char type = header[156] == 0 ? '0' : (char) header[156];
      data(size);
      switch (type) {
        case 'x' -> extra.putAll(records());
        case 'g' -> global.putAll(records());
        case 'L' -> extra.put("path", text(shortData(), 0, MAX_HEADER));
        case 'K' -> extra.put("linkpath", text(shortData(), 0, MAX_HEADER));
        default -> {
          return Optional.of(entry(header, type, size, extra));
        }
      }
    }
  }

  private Entry entry(byte[] header, char type, long size, Map<String, String> extra)
      throws IOException {
    String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
    String own = text(header, 0, 100);
    // GNU's own format has times where ustar has the prefix.
    boolean gnu = header[263] == ' ';
    String name = extra.getOrDefault("path", prefix.isEmpty() || gnu ? own : prefix + "/" + own);
    String linkName = extra.getOrDefault("linkpath", text(header, 157, 100));
    if (name.length() > MAX_NAME || linkName.length() > MAX_NAME || name.indexOf(0) >= 0) {
      throw new IOException("archive/tar: invalid name");
    }
    long real = extra.containsKey("size") ? decimal(extra.get("size")) : size;
    // Links and folders may tell a size, and have no data nevertheless.
    boolean hasData = "123456".indexOf(type) < 0;
    data(hasData ? real : 0);
    return new Entry(name, type, linkName, hasData ? real : 0);
  }

  private void data(long size) throws IOException {
    if (size < 0) {
      throw new IOException("archive/tar: invalid tar header");
    }
    remaining = size;
    padding = (BLOCK - size % BLOCK) % BLOCK;
  }

  private void skipData() throws IOException {
    long left = remaining;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        if (in.read() < 0) {
          throw new EOFException("archive/tar: unexpected EOF");
        }
        skipped = 1;
      }
      left -= skipped;
    }
    // The last entry's padding may be missing, which every tar forgives.
    in.readNBytes((int) padding);
    remaining = 0;
    padding = 0;
  }

  /** The current entry's data; it ends with it. */
  InputStream stream() {
    return new Data();
  }

  private byte[] shortData() throws IOException {
    if (remaining > MAX_HEADER) {
      throw new IOException("archive/tar: header field too long");
    }
    byte[] data = in.readNBytes((int) remaining);
    if (data.length < remaining) {
      throw new EOFException("archive/tar: unexpected EOF");
    }
    remaining = 0;
    return data;
  }

  private Map<String, String> records() throws IOException {
    byte[] data = shortData();
    Map<String, String> records = new HashMap<>();
    int position = 0;
    while (position < data.length && data[position] != 0) {
      int space = position;
      while (space < data.length && data[space] != ' ') {
        space++;
      }
      long length =
          decimal(new String(data, position, space - position, StandardCharsets.US_ASCII));
      if (length <= space - position + 1 || length > data.length - position) {
        throw new IOException("archive/tar: invalid tar header");
      }
      int end = position + (int) length;
      String record = new String(data, space + 1, end - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals < 0) {
        throw new IOException("archive/tar: invalid tar header");
      }
      records.put(record.substring(0, equals), record.substring(equals + 1));
      position = end;
    }
    return records;
  }

  private static long decimal(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("archive/tar: invalid tar header", e);
    }
  }

  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < bytes.length && end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }

  /** Octal digits, or GNU's big-endian number behind a set bit. */
  private static long number(byte[] header, int offset, int length) throws IOException {
    if ((header[offset] & 0x80) != 0) {
      long value = header[offset] & 0x7f;
      for (int i = offset + 1; i < offset + length; i++) {
        if (value >= 1L << 55) {
          throw new IOException("archive/tar: invalid tar header");
        }
        value = value << 8 | header[i] & 0xff;
      }
      return value;
    }
    String digits = text(header, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("archive/tar: invalid tar header", e);
    }
  }

  private static void checkSum(byte[] header) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("archive/tar: invalid tar header");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte value : block) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private final class Data extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (remaining == 0) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, remaining));
      if (count < 0) {
        throw new EOFException("archive/tar: unexpected EOF");
      }
      remaining -= count;
      return count;
    }
  }
}
