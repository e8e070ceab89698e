package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One HTTP request over the sandbox's network, and its answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class HttpExchange implements AutoCloseable {

  private static final int MAX_LINE = 65_536;
  private static final int MAX_HEADERS = 256;

  /**
   * What is asked.
   *
   * @param headers in their order; {@code Host} and {@code Content-Length} are added
   */
  record Request(String method, Url url, Map<String, String> headers, Optional<byte[]> body) {

    /** Copies what can change. */
    Request {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** All that goes before the content, with the empty line. */
    String head() {
      StringBuilder head = new StringBuilder();
      head.append(method).append(' ').append(url.path()).append(" HTTP/1.1\r\n");
      if (headers.keySet().stream().noneMatch("Host"::equalsIgnoreCase)) {
        head.append("Host: ").append(url.authority()).append("\r\n");
      }
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      body.ifPresent(it -> head.append("Content-Length: ").append(it.length).append("\r\n"));
      return head.append("Connection: close\r\n\r\n").toString();
    }
  }

  private final Socket socket;
  private final InputStream input;
  private final String statusLine;
  private final List<String> headers;
  private final boolean withoutBody;

  private HttpExchange(
      Socket socket,
      InputStream input,
      String statusLine,
      List<String> headers,
      boolean withoutBody) {
    this.socket = socket;
    this.input = input;
    this.statusLine = statusLine;
    this.headers = headers;
    this.withoutBody = withoutBody;
  }

  /**
   * Sends a request over a new connection and reads the answer's head.
   *
   * @param trustAll whether any certificate will do
   * @param patience how long the next read may wait, in nanoseconds
   */
  static HttpExchange send(
      NetworkStack.Socket connection, Request request, boolean trustAll, LongSupplier patience)
      throws IOException {
    Socket socket = new SandboxSocket(connection, patience);
    try {
      if (request.url().isSecure()) {
        socket = secure(socket, request.url(), trustAll);
      }
      write(socket.getOutputStream(), request);
      InputStream input = new BufferedInputStream(socket.getInputStream());
      String status = line(input);
      List<String> headers = headers(input);
      while (status.matches("HTTP/1\\.[01] 1\\d\\d.*")) {
        status = line(input);
        headers = headers(input);
      }
      return new HttpExchange(socket, input, status, headers, request.method().equals("HEAD"));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secure(Socket socket, Url url, boolean trustAll) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustAll ? new TrustManager[] {new TrustAll()} : null, null);
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(socket, url.host(), url.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      if (!trustAll) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS is not available", e);
    }
  }

  private static void write(OutputStream output, Request request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Text.encode(request.head()));
    request.body().ifPresent(bytes::writeBytes);
    output.write(bytes.toByteArray());
    output.flush();
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = input.read();
    while (next >= 0 && next != '\n') {
      if (line.size() >= MAX_LINE) {
        throw new Failure("the server's answer has too long a line");
      }
      line.write(next);
      next = input.read();
    }
    if (next < 0 && line.size() == 0) {
      throw new Failure("error getting response");
    }
    return Text.decode(line.toByteArray()).stripTrailing();
  }

  private static List<String> headers(InputStream input) throws IOException {
    List<String> headers = new ArrayList<>();
    String line = line(input);
    while (!line.isEmpty()) {
      if (headers.size() >= MAX_HEADERS) {
        throw new Failure("the server's answer has too many headers");
      }
      headers.add(line);
      line = line(input);
    }
    return headers;
  }

  /** The first line of the answer. */
  String statusLine() {
    return statusLine;
  }

  /** The answer's code, 0 if there is none. */
  int code() {
    String[] words = statusLine.split(" ", 3);
    boolean valid = words.length >= 2 && words[0].startsWith("HTTP/");
    return valid ? Quantities.parse(words[1], 10).orElse(0L).intValue() : 0;
  }

  /** The answer's header lines. */
  List<String> headers() {
    return List.copyOf(headers);
  }

  /** The value of a header. */
  Optional<String> header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /** Whether the answer leads elsewhere. */
  Optional<String> redirect() {
    return switch (code()) {
      case 301, 302, 303, 307, 308 -> header("Location");
      default -> Optional.empty();
    };
  }

  /** The answer's content, whatever its framing is; an early end is an error. */
  InputStream body() throws IOException {
    if (withoutBody || code() == 204 || code() == 304) {
      return InputStream.nullInputStream();
    }
    if (header("Transfer-Encoding").filter(it -> it.equalsIgnoreCase("chunked")).isPresent()) {
      return new ChunkedBody(input);
    }
    Optional<String> length = header("Content-Length");
    if (length.isPresent()) {
      long bytes = Quantities.parse(length.get(), 10).orElseThrow(() -> new Failure("bad length"));
      return new SizedBody(input, bytes);
    }
    return input;
  }

  /** The same without the compression that it came in. */
  InputStream plainBody() throws IOException {
    String coding = header("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(body());
      case "deflate" -> new InflaterInputStream(body());
      default -> body();
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
