package io.sockerless.support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** What comes over a connection, taken apart by HTTP's framing and by nothing of ours. */
final class RawInput {

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /** As a channel reads: -1 at the end. */
    int read(ByteBuffer target) throws IOException;
  }

  private final Source source;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).flip();

  RawInput(Source source) {
    this.source = source;
  }

  /** All values of a field, in order. */
  static List<String> values(List<String> fields, String name) {
    return fields.stream()
        .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(field -> field.substring(name.length() + 1).strip())
        .toList();
  }

  /** Reads a head, without its blank line; empty at the end of the connection. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = next();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }

  /** Reads a body in chunks, as far as it comes. */
  void copyChunks(OutputStream to) throws IOException {
    long size;
    do {
      size = Long.parseLong(line(), 16);
      copy(to, size);
      if (!line().isEmpty()) {
        throw new EOFException("malformed chunk");
      }
    } while (size > 0);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
      line.append((char) expected());
    }
    return line.substring(0, line.length() - 2);
  }

  /** Reads exactly so many bytes, as far as they come. */
  void copy(OutputStream to, long count) throws IOException {
    for (long i = 0; i < count; i++) {
      to.write(expected());
    }
  }

  /** Reads exactly so many bytes. */
  byte[] bytes(long count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(bytes, count);
    return bytes.toByteArray();
  }

  /** Reads until the other side ends its direction. */
  byte[] readToEnd() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = next(); next >= 0; next = next()) {
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  private int expected() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  private int next() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int count = source.read(buffer);
      buffer.flip();
      if (count < 0) {
        return -1;
      }
    }
    return buffer.get() & 0xff;
  }
}
