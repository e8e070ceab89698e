package io.sockerless.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;

/** A client that writes the bytes it is told, right or wrong, and shows what comes back. */
public final class RawClient implements AutoCloseable {

  /** An answer; the body is decoded, {@code whole} says whether its framing came to its end. */
  public record Response(String statusLine, List<String> fields, byte[] body, boolean whole) {
    /** The status code. */
    public int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
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

  /** What carries the bytes. */
  private interface Line extends Closeable {
    int read(ByteBuffer target) throws IOException;

    void write(ByteBuffer source) throws IOException;

    void halfClose() throws IOException;

    void reset() throws IOException;

    boolean isOpen();
  }

  /** A socket as it is. */
  private record PlainLine(SocketChannel channel) implements Line {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      while (source.hasRemaining()) {
        channel.write(source);
      }
    }

    @Override
    public void halfClose() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** TLS as the JDK's own sockets speak it. */
  private record TlsLine(SSLSocket socket) implements Line {
    @Override
    public int read(ByteBuffer target) throws IOException {
      int count =
          socket.getInputStream().read(target.array(), target.position(), target.remaining());
      target.position(target.position() + Math.max(count, 0));
      return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      socket.getOutputStream().write(source.array(), source.position(), source.remaining());
    }

    @Override
    public void halfClose() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public boolean isOpen() {
      return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private final Line line;
  private final RawInput input;

  private RawClient(Line line) {
    this.line = line;
    this.input = new RawInput(line::read);
  }

  /** Connects by TLS in one of these versions, whoever the server says it is. */
  public static RawClient connectTls(int port, String... protocols) throws IOException {
    SSLFactory tls = SSLFactory.builder().withTrustingAllCertificatesWithoutValidation().build();
    SSLSocket socket = (SSLSocket) tls.getSslSocketFactory().createSocket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return over(socket);
  }

  /** Goes on over a TLS socket, which need not have shaken hands. */
  public static RawClient over(SSLSocket socket) {
    return new RawClient(new TlsLine(socket));
  }

  /** Connects to a TCP or unix address. */
  public static RawClient connect(SocketAddress address) throws IOException {
    SocketChannel channel =
        address instanceof InetSocketAddress
            ? SocketChannel.open()
            : SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(address);
    return new RawClient(new PlainLine(channel));
  }

  /** Writes ISO-8859-1 text. */
  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes bytes. */
  public RawClient send(byte[] bytes) throws IOException {
    line.write(ByteBuffer.wrap(bytes));
    return this;
  }

  /** Ends our direction. */
  public RawClient halfClose() throws IOException {
    line.halfClose();
    return this;
  }

  /** Reads a head, without its blank line; empty at the end of the connection. */
  public String head() throws IOException {
    return input.head();
  }

  /** Reads the answer to a request other than HEAD, by its framing. */
  public Response response() throws IOException {
    return response("GET");
  }

  /** Reads the answer to a request of the given method, by its framing. */
  public Response response(String method) throws IOException {
    List<String> lines = List.of(head().split("\r\n", -1));
    List<String> fields = lines.subList(1, lines.size());
    Response bare = new Response(lines.getFirst(), fields, new byte[0], true);
    if (lines.getFirst().isEmpty()) {
      throw new EOFException("closed without an answer");
    }
    if (method.equals("HEAD")
        || bare.status() / 100 == 1
        || bare.status() == 204
        || bare.status() == 304) {
      return bare;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = true;
    try {
      if (!bare.all("Transfer-Encoding").isEmpty()) {
        input.copyChunks(body);
      } else if (!bare.all("Content-Length").isEmpty()) {
        input.copy(body, Long.parseLong(bare.all("Content-Length").getFirst()));
      } else {
        body.write(readToEnd());
      }
    } catch (IOException e) {
      whole = false;
    }
    return new Response(lines.getFirst(), fields, body.toByteArray(), whole);
  }

  /** Reads exactly so many bytes, as text. */
  public String read(int count) throws IOException {
    return new String(readBytes(count), StandardCharsets.UTF_8);
  }

  /** Reads exactly so many bytes. */
  public byte[] readBytes(int count) throws IOException {
    return input.bytes(count);
  }

  /** Reads until the other side ends its direction. */
  public byte[] readToEnd() throws IOException {
    return input.readToEnd();
  }

  /** Reads on until the connection ends, in order or by a reset. */
  public boolean ends() {
    try {
      readToEnd();
    } catch (IOException e) {
      return line.isOpen();
    }
    return true;
  }

  /** Breaks the connection: the other side's next read fails. */
  public void reset() throws IOException {
    line.reset();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
