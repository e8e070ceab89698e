package io.sockerless.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A piece of one of the two outputs of a process, as both travel over one connection: {@code
 * [stream, 0, 0, 0, length in four bytes, big endian]} and the bytes.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerAttach">Stream
 *     format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, and compared by content.
public record Frame(Channel channel, byte[] payload) {

  /** The bytes before each payload. */
  public static final int HEADER = 8;

  /** The largest payload that is read, in bytes; no writer known makes one nearly as large. */
  public static final int MAX_PAYLOAD = 16 * 1024 * 1024;

  /** Whose output it is. */
  public enum Channel {
    /** Standard input, which only the definition speaks of. */
    STDIN(0),
    /** Standard output. */
    STDOUT(1),
    /** Standard error. */
    STDERR(2);

    private final int code;

    Channel(int code) {
      this.code = code;
    }

    /** The number on the wire. */
    public int code() {
      return code;
    }

    /**
     * The channel of a number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Channel of(int code) {
      return switch (code) {
        case 0 -> STDIN;
        case 1 -> STDOUT;
        case 2 -> STDERR;
        default -> throw new IllegalArgumentException("no channel: " + code);
      };
    }
  }

  /** The bytes as they travel. */
  public byte[] encode() {
    return ByteBuffer.allocate(HEADER + payload.length)
        .put(head(channel, payload.length))
        .put(payload)
        .array();
  }

  /** What travels before so many bytes. */
  public static byte[] head(Channel channel, int length) {
    return ByteBuffer.allocate(HEADER)
        .put((byte) channel.code())
        .position(4)
        .putInt(length)
        .array();
  }

  /**
   * Reads one frame.
   *
   * @return empty at the end of the stream
   * @throws IOException if the stream ends inside a frame or holds no frames
   */
  public static Optional<Frame> read(InputStream stream) throws IOException {
    byte[] header = stream.readNBytes(HEADER);
    if (header.length == 0) {
      return Optional.empty();
    }
    if (header.length < HEADER) {
      throw new EOFException("the stream ends inside a frame's header");
    }
    int length = ByteBuffer.wrap(header).getInt(4);
    if (header[0] < 0 || header[0] > 2 || length < 0 || length > MAX_PAYLOAD) {
      throw new IOException("no frame: " + Arrays.toString(header));
    }
    byte[] payload = stream.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the stream ends inside a frame");
    }
    return Optional.of(new Frame(Channel.of(header[0]), payload));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame(Channel otherChannel, byte[] bytes)
        && channel == otherChannel
        && Arrays.equals(payload, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * channel.hashCode() + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "Frame[" + channel + ", " + payload.length + " bytes]";
  }
}
