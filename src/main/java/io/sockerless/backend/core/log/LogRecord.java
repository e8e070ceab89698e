package io.sockerless.backend.core.log;

import io.sockerless.stream.Frame.Channel;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One line of a container's log, or a part of one that is longer than {@link #MAX_LINE}.
 *
 * <p>In the file: the length of what follows but for the length at the end, flags, seconds and
 * nanoseconds, the bytes, and the length again, by which the file can be read backwards.
 *
 * @param first whether a line begins here; the parts behind it belong to the same line
 * @param bytes the newline included, if the line has one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, and never compared.
record LogRecord(Channel channel, Instant time, boolean first, byte[] bytes) {

  /** The longest piece of a line that one record holds, in bytes; dockerd's is the same. */
  static final int MAX_LINE = 16 * 1024;

  /** The bytes of a record besides the line's. */
  static final int OVERHEAD = 4 + 1 + 8 + 4 + 4;

  private static final int FIRST = 0x10;

  /** How many bytes the record takes in the file. */
  int size() {
    return OVERHEAD + bytes.length;
  }

  void encode(ByteBuffer target) {
    int length = bytes.length + OVERHEAD - 8;
    target
        .putInt(length)
        .put((byte) (channel.code() | (first ? FIRST : 0)))
        .putLong(time.getEpochSecond())
        .putInt(time.getNano())
        .put(bytes)
        .putInt(length);
  }

  /** Whether the length that stands before or behind a record can be one. */
  static boolean isLength(int length) {
    return length >= OVERHEAD - 8 && length <= OVERHEAD - 8 + MAX_LINE + 1;
  }

  /** Whether the record that begins at a position of a buffer begins a line. */
  static boolean isFirst(ByteBuffer buffer, int position) {
    return (buffer.get(position + 4) & FIRST) != 0;
  }

  /** Reads the record that the buffer stands before, which must be whole. */
  static LogRecord decode(ByteBuffer buffer) {
    int length = buffer.getInt();
    byte flags = buffer.get();
    Instant time = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    byte[] bytes = new byte[length - OVERHEAD + 8];
    buffer.get(bytes).getInt();
    return new LogRecord(Channel.of(flags & 0xf), time, (flags & FIRST) != 0, bytes);
  }
}
