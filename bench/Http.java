import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One connection to an endpoint, as bare as can be, so that what is measured is the server:
 * blocking reads into one direct buffer, requests encoded beforehand, bodies counted and thrown
 * away unless they are asked for.
 */
final class Http implements Closeable {

  private static final Set<Http> OPEN = ConcurrentHashMap.newKeySet();
  private static final ScheduledThreadPoolExecutor TIMER =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());
  private static final int CALL_SECONDS = 60;
  private static final int NO_LENGTH = -1;
  private static final int CHUNKED = -2;

  static {
    TIMER.setRemoveOnCancelPolicy(true);
  }

  /** The server has answered, and it is an error. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final Line channel;
  private final ByteBuffer buffer;
  private int status;
  private long framing;

  private Http(Endpoint endpoint, int bufferSize) throws IOException {
    channel = Line.open(endpoint);
    buffer = ByteBuffer.allocateDirect(bufferSize).flip();
    OPEN.add(this);
  }

  static Http open(Endpoint endpoint) throws IOException {
    return new Http(endpoint, 256 * 1024);
  }

  /** One that will lie idle, and holds little. */
  static Http openIdle(Endpoint endpoint) throws IOException {
    return new Http(endpoint, 1024);
  }

  /**
   * Runs what must end in time: after so many seconds all connections are cut, which wakes whoever
   * hangs on one.
   */
  static <T> T limited(int seconds, Callable<T> action) throws Exception {
    ScheduledFuture<?> cut =
        TIMER.schedule(() -> OPEN.forEach(Http::close), seconds, TimeUnit.SECONDS);
    try {
      return action.call();
    } finally {
      cut.cancel(false);
    }
  }

  /** A request that can be sent again and again. */
  static byte[] encode(String method, String path, String json) {
    String head = method + " " + path + " HTTP/1.1\r\nHost: docker\r\nUser-Agent: bench\r\n";
    if (!json.isEmpty() || method.equals("POST")) {
      head += "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n";
    }
    return (head + "\r\n" + json).getBytes(StandardCharsets.US_ASCII);
  }

  /** One request on a connection of its own, for what is not measured; answers the body. */
  static String call(Endpoint endpoint, String method, String path, String json)
      throws IOException {
    try (Http http = open(endpoint)) {
      ScheduledFuture<?> cut = TIMER.schedule(http::close, CALL_SECONDS, TimeUnit.SECONDS);
      try {
        return http.text(endpoint, method, path, json);
      } finally {
        cut.cancel(false);
      }
    }
  }

  /** Sends a request and answers the body of what comes. */
  String text(Endpoint endpoint, String method, String path, String json) throws IOException {
    write(ByteBuffer.wrap(encode(method, path, json)));
    readHead();
    StringBuilder body = new StringBuilder();
    readBody(body);
    if (status >= 400) {
      throw new Refused(
          method + " " + path + " at " + endpoint.host() + ": " + status + " " + body);
    }
    return body.toString();
  }

  /** Sends an encoded request and reads its whole answer; answers the body's length. */
  long exchange(byte[] request) throws IOException {
    write(ByteBuffer.wrap(request));
    readHead();
    long length = readBody(null);
    if (status != 200) {
      throw new IOException("status " + status);
    }
    return length;
  }

  /** Sends a request with a chunked body of the given content, and reads the answer. */
  void upload(String method, String path, Payload payload) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\n"
            + "Host: docker\r\n"
            + "Content-Type: application/x-tar\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    payload.writeChunked(this);
    readHead();
    StringBuilder body = new StringBuilder();
    readBody(body);
    if (status != 200 || body.indexOf("errorDetail") >= 0) {
      throw new Refused(method + " " + path + ": " + status + " " + body);
    }
  }

  /** Sends a request that takes the connection over, and reads the head of its answer. */
  void hijack(String path, String json) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + "Host: docker\r\n"
            + "Upgrade: tcp\r\n"
            + "Connection: Upgrade\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: "
            + json.length()
            + "\r\n\r\n"
            + json;
    write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    readHead();
    if (status != 101) {
      throw new Refused("POST " + path + ": " + status + " instead of 101");
    }
  }

  /** Sends a request whose answer has no end, and reads the head of that. */
  void follow(String path) throws IOException {
    write(ByteBuffer.wrap(encode("GET", path, "")));
    readHead();
    if (status != 200 || framing != CHUNKED) {
      throw new IOException("GET " + path + ": " + status + ", and no stream");
    }
  }

  /** Waits for one more piece of such an answer; answers its length. */
  long nextChunk() throws IOException {
    long size = chunkSize();
    skip(size + 2);
    return size;
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void closeInput() throws IOException {
    channel.closeInput();
  }

  /**
   * Reads a hijacked stream without a terminal to its end; answers the bytes of standard output.
   */
  long readFrames() throws IOException {
    long total = 0;
    while (buffer.hasRemaining() || fill()) {
      while (buffer.remaining() < 8) {
        need();
      }
      int stream = buffer.get();
      buffer.position(buffer.position() + 3);
      long left = buffer.getInt() & 0xffffffffL;
      if (stream == 1) {
        total += left;
      }
      skip(left);
    }
    return total;
  }

  private void readHead() throws IOException {
    int end;
    do {
      int scan = buffer.position();
      while ((end = headEnd(scan)) < 0) {
        scan = Math.max(0, buffer.remaining() - 3);
        need();
        scan += buffer.position();
      }
      byte[] bytes = new byte[end - buffer.position()];
      buffer.get(bytes);
      String head = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      status = Integer.parseInt(head.substring(9, 12));
      framing = framing(head);
    } while (status == 100);
  }

  private int headEnd(int from) {
    for (int i = from; i + 3 < buffer.limit(); i++) {
      if (buffer.get(i) == '\r' && buffer.get(i + 2) == '\r') {
        return i + 4;
      }
    }
    return -1;
  }

  private static long framing(String head) {
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      return CHUNKED;
    }
    int length = head.indexOf("\r\ncontent-length: ");
    if (length < 0) {
      return head.startsWith("204", 9) || head.startsWith("304", 9) ? 0 : NO_LENGTH;
    }
    return Long.parseLong(head.substring(length + 18, head.indexOf('\r', length + 18)));
  }

  /** Reads a body to its end, into {@code text} unless that is null. */
  private long readBody(StringBuilder text) throws IOException {
    if (framing >= 0) {
      take(framing, text);
      return framing;
    }
    long total = 0;
    if (framing == NO_LENGTH) {
      while (buffer.hasRemaining() || fill()) {
        total += buffer.remaining();
        take(buffer.remaining(), text);
      }
      return total;
    }
    long size;
    while ((size = chunkSize()) > 0) {
      take(size, text);
      skip(2);
      total += size;
    }
    skip(2);
    return total;
  }

  private long chunkSize() throws IOException {
    long size = 0;
    while (true) {
      if (!buffer.hasRemaining()) {
        need();
      }
      int c = buffer.get();
      if (c == '\r') {
        skip(1);
        return size;
      }
      size = size * 16 + Character.digit(c, 16);
    }
  }

  private void take(long length, StringBuilder text) throws IOException {
    if (text == null) {
      skip(length);
      return;
    }
    for (long i = 0; i < length; i++) {
      if (!buffer.hasRemaining()) {
        need();
      }
      text.append((char) buffer.get());
    }
  }

  private void skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        need();
      }
      int step = (int) Math.min(left, buffer.remaining());
      buffer.position(buffer.position() + step);
      left -= step;
    }
  }

  private void need() throws IOException {
    if (!fill()) {
      throw new EOFException("the connection ended early");
    }
  }

  private boolean fill() throws IOException {
    buffer.compact();
    int count = channel.read(buffer);
    buffer.flip();
    return count > 0;
  }

  @Override
  public void close() {
    OPEN.remove(this);
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to lose.
    }
  }
}
