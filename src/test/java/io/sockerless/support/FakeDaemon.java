package io.sockerless.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that stands behind the edge: it records every byte that reaches it and answers as a test
 * has scripted. It reads HTTP by a parser of its own, so that it shares no fault with ours.
 */
public final class FakeDaemon implements AutoCloseable {

  /** What the daemon does once a request's head has come. */
  @FunctionalInterface
  public interface Script {
    /** Runs on the connection's thread; what it leaves open serves the next request. */
    void serve(Exchange exchange) throws IOException;
  }

  /** One request as it arrived. The body is what a script has read of it. */
  public record Request(String line, List<String> fields, byte[] body) {
    /** The method. */
    public String method() {
      return line.substring(0, line.indexOf(' '));
    }

    /** The target, with its query. */
    public String target() {
      return line.split(" ", -1)[1];
    }

    /** All values of a field, in order. */
    public List<String> all(String name) {
      return RawInput.values(fields, name);
    }

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final ServerSocketChannel server;
  private final int port;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor = Thread.ofVirtual().name("fake-daemon").unstarted(this::accept);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private FakeDaemon(ServerSocketChannel server) throws IOException {
    this.server = server;
    this.port = ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /**
   * Listens on a free loopback port; answers {@code /_ping} as dockerd does, and all else with an
   * empty object.
   */
  public static FakeDaemon start() {
    return start(0);
  }

  /** Does so on the given port. */
  public static FakeDaemon start(int port) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      FakeDaemon daemon = new FakeDaemon(server);
      daemon.on("GET /_ping", exchange -> exchange.answer("200 OK", "Api-Version: 1.51\r\n", "OK"));
      daemon.acceptor.start();
      return daemon;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Where it listens, in the words of {@code DOCKER_HOST}. */
  public String host() {
    return "tcp://127.0.0.1:" + port();
  }

  /**
   * Scripts requests of one method and path, such as {@code GET /events}; the query and the version
   * do not matter.
   */
  public FakeDaemon on(String methodAndPath, Script script) {
    scripts.put(methodAndPath, script);
    return this;
  }

  /**
   * Every request whose head has come and whose script has returned, in the order of their ends.
   */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests of one method and path, as {@link #on} names them. */
  public List<Request> requests(String methodAndPath) {
    return requests.stream().filter(request -> key(request.line()).equals(methodAndPath)).toList();
  }

  /** Every byte that has arrived, over all connections. */
  public String received() {
    synchronized (received) {
      return received.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** The exchanges that have begun, in order. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Connections that are open. */
  public int openConnections() {
    return open.size();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        open.add(channel);
        Thread.ofVirtual().name("fake-exchange").start(() -> serve(channel));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    RawInput incoming = new RawInput(target -> receive(channel, target));
    try (channel) {
      while (channel.isOpen()) {
        String head = incoming.head();
        if (head.isEmpty()) {
          return;
        }
        List<String> lines = List.of(head.split("\r\n", -1));
        Exchange exchange =
            new Exchange(channel, incoming, lines.getFirst(), lines.subList(1, lines.size()));
        exchanges.add(exchange);
        scripts
            .getOrDefault(key(lines.getFirst()), it -> it.answer("200 OK", "", "{}"))
            .serve(exchange);
        exchange.record();
      }
    } catch (IOException e) {
      // What was read is recorded; a request that broke off is not one.
    } finally {
      open.remove(channel);
    }
  }

  private static String key(String line) {
    String[] parts = line.split(" ", -1);
    String path = parts.length > 1 ? parts[1].replaceFirst("\\?.*$", "") : "";
    return parts[0] + " " + path.replaceFirst("^/v[0-9.]+/", "/");
  }

  @Override
  public void close() {
    try {
      server.close();
      for (SocketChannel channel : open) {
        end(channel);
      }
      // The port is free for another once nobody accepts any more.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The peer is told at once: a close alone waits for a virtual thread that reads to leave it. */
  private static void end(SocketChannel channel) throws IOException {
    try {
      channel.shutdownOutput();
    } catch (IOException _) {
      // It has ended already.
    }
    channel.close();
  }

  /** Reads from a connection, and remembers what came. */
  private int receive(SocketChannel channel, ByteBuffer target) throws IOException {
    int count = channel.read(target);
    if (count > 0) {
      synchronized (received) {
        received.write(target.array(), 0, count);
      }
    }
    return count;
  }

  /** One request and the connection that it came on. */
  public final class Exchange {
    private final SocketChannel channel;
    private final RawInput incoming;
    private final String line;
    private final List<String> fields;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean bodyRead;
    private boolean recorded;

    private Exchange(SocketChannel channel, RawInput incoming, String line, List<String> fields) {
      this.channel = channel;
      this.incoming = incoming;
      this.line = line;
      this.fields = List.copyOf(fields);
    }

    /** The request, with what has been read of its body. */
    public Request request() {
      return new Request(line, fields, body.toByteArray());
    }

    /** Before the other side can know that its request was served. */
    private void record() {
      if (!recorded) {
        recorded = true;
        requests.add(request());
      }
    }

    /** Reads the body by its framing, if nobody has. */
    public Exchange readBody() throws IOException {
      if (bodyRead) {
        return this;
      }
      bodyRead = true;
      List<String> lengths = request().all("Content-Length");
      if (!request().all("Transfer-Encoding").isEmpty()) {
        incoming.copyChunks(body);
      } else if (!lengths.isEmpty()) {
        incoming.copy(body, Long.parseLong(lengths.getFirst()));
      }
      return this;
    }

    /** Reads the body, then answers with a body by length; {@code fields} end in CRLF each. */
    public void answer(String status, String fields, String text) throws IOException {
      readBody();
      record();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      boolean silent = line.startsWith("HEAD ");
      write(
          "HTTP/1.1 "
              + status
              + "\r\n"
              + fields
              + "Content-Length: "
              + bytes.length
              + "\r\n\r\n"
              + (silent ? "" : text));
    }

    /** Answers a hijack as dockerd does: 101 to a request with {@code Upgrade}, else 200. */
    public void hijack() throws IOException {
      readBody();
      record();
      write(
          request().all("Upgrade").isEmpty()
              ? "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n"
              : "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    }

    /** Writes raw bytes. */
    public void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes raw bytes. */
    public void write(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    /** Reads exactly so many raw bytes. */
    public String read(int count) throws IOException {
      return new String(incoming.bytes(count), StandardCharsets.UTF_8);
    }

    /** Reads raw bytes until the other side ends its direction. */
    public byte[] readToEnd() throws IOException {
      return incoming.readToEnd();
    }

    /** Blocks until the other side has closed, and remembers it for {@link #hasEnded}. */
    public void awaitEnd() {
      try {
        readToEnd();
      } catch (IOException e) {
        // Closed the hard way.
      }
      ended.countDown();
    }

    /** Whether {@link #awaitEnd} has seen the other side close within so many milliseconds. */
    public boolean hasEnded(long millis) throws InterruptedException {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Whether the other side still has the connection open, if only to read. */
    public boolean isHeld() {
      return OtherEnd.isHeld(channel);
    }

    /** Ends our direction. */
    public void halfClose() throws IOException {
      channel.shutdownOutput();
    }

    /** Ends both directions. */
    public void close() throws IOException {
      record();
      channel.close();
    }

    /** Breaks the connection: the other side's next read fails. */
    public void reset() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }

    /** The request's fields by their names and values, as {@code Name: value}. */
    public List<String> fields() {
      return List.copyOf(fields);
    }
  }
}
