package io.sockerless.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A message's body by its framing (RFC 9112, 6): a length, chunks, or all until the close. One that
 * ends early is an {@link EOFException}, never taken for whole.
 */
public abstract sealed class BodyInput extends InputStream {

  final Input input;
  private volatile boolean finished;

  private BodyInput(Input input) {
    this.input = input;
  }

  /**
   * The body of a request.
   *
   * @throws ProtocolException if its framing could be read in more than one way
   */
  public static BodyInput ofRequest(RequestHead head, Input input) throws ProtocolException {
    Headers headers = head.headers();
    if (headers.first("Transfer-Encoding").isPresent()) {
      if (head.minor() == 0) {
        throw ProtocolException.bad("Transfer-Encoding in HTTP/1.0");
      }
      return chunked(headers, input);
    }
    return new Sized(input, contentLength(headers, 0));
  }

  /** The body of the response to a request of the given method. */
  public static BodyInput ofResponse(String method, ResponseHead head, Input input)
      throws ProtocolException {
    int status = head.status();
    if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
      return new Sized(input, 0);
    }
    if (head.headers().first("Transfer-Encoding").isPresent()) {
      return chunked(head.headers(), input);
    }
    long length = contentLength(head.headers(), -1);
    return length < 0 ? new UntilClose(input) : new Sized(input, length);
  }

  private static BodyInput chunked(Headers headers, Input input) throws ProtocolException {
    if (headers.first("Content-Length").isPresent()) {
      throw ProtocolException.bad("both Content-Length and Transfer-Encoding");
    }
    if (headers.all("Transfer-Encoding").size() != 1
        || !headers.first("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      throw ProtocolException.bad("unsupported Transfer-Encoding");
    }
    return new Chunked(input);
  }

  private static long contentLength(Headers headers, long absent) throws ProtocolException {
    var lengths = headers.all("Content-Length");
    if (lengths.isEmpty()) {
      return absent;
    }
    String length = lengths.getFirst();
    if (lengths.size() > 1
        || length.isEmpty()
        || length.length() > 18
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ProtocolException.bad("malformed Content-Length");
    }
    return Long.parseLong(length);
  }

  /** Bytes in all, where the head says; -1 where only the end will tell. */
  public long length() {
    return -1;
  }

  /** Whether the whole body has been read, so that the connection stands at its next message. */
  public boolean isFinished() {
    return finished;
  }

  final int finish() {
    finished = true;
    return -1;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;

  private static final class Sized extends BodyInput {
    private final long length;
    private long left;

    Sized(Input input, long length) {
      super(input);
      this.length = length;
      this.left = length;
      if (length == 0) {
        finish();
      }
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (left == 0) {
        return finish();
      }
      int read = input.read(bytes, offset, (int) Math.min(count, left));
      if (read < 0) {
        throw new EOFException("the body ended " + left + " bytes early");
      }
      left -= read;
      if (left == 0) {
        finish();
      }
      return read;
    }

    /** Behind the end it must not ask: whoever watches for the next message may hold the input. */
    @Override
    public int available() {
      return left == 0 ? 0 : (int) Math.min(left, input.available());
    }
  }

  private static final class Chunked extends BodyInput {
    private long left;
    private boolean insideChunk;

    Chunked(Input input) {
      super(input);
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (isFinished()) {
        return -1;
      }
      if (left == 0 && !nextChunk()) {
        return finish();
      }
      int read = input.read(bytes, offset, (int) Math.min(count, left));
      if (read < 0) {
        throw new EOFException("the body ended inside a chunk");
      }
      left -= read;
      if (left == 0 && input.available() >= 2) {
        endChunk();
      }
      return read;
    }

    /**
     * Whatever is buffered behind a whole chunk is the next one, so reading on will not wait for
     * long.
     */
    @Override
    public int available() {
      return left > 0
          ? (int) Math.min(left, input.available())
          : isFinished() ? 0 : input.available();
    }

    private void endChunk() throws IOException {
      if (!input.readLine().isEmpty()) {
        throw ProtocolException.bad("malformed chunk end");
      }
      insideChunk = false;
    }

    private boolean nextChunk() throws IOException {
      if (insideChunk) {
        endChunk();
      }
      left = chunkSize(input.readLine());
      insideChunk = left > 0;
      if (!insideChunk) {
        input.skipTrailers();
      }
      return insideChunk;
    }

    /**
     * {@code chunk-size [chunk-ext]}; extensions are read past, as every recipient must (RFC 9112,
     * 7.1.1).
     */
    private static long chunkSize(String line) throws ProtocolException {
      int end = line.indexOf(';');
      String digits = end < 0 ? line : line.substring(0, end).stripTrailing();
      if (digits.isEmpty()
          || digits.length() > 15
          || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
        throw ProtocolException.bad("malformed chunk size");
      }
      if (end >= 0 && line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        throw ProtocolException.bad("malformed chunk extension");
      }
      return Long.parseLong(digits, 16);
    }
  }

  private static final class UntilClose extends BodyInput {
    UntilClose(Input input) {
      super(input);
    }

    @Override
    public int available() {
      return input.available();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int read = input.read(bytes, offset, count);
      return read < 0 ? finish() : read;
    }
  }
}
