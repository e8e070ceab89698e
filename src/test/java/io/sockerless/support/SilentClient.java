package io.sockerless.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A client in a process of its own, so that it can be killed: it sends what it is given, reads the
 * head of the answer, and then does nothing for as long as it lives.
 */
public final class SilentClient implements AutoCloseable {

  private static final int READY = 1;

  private final Process process;

  private SilentClient(Process process) {
    this.process = process;
  }

  /** Starts one, and returns once the head has come. */
  public static SilentClient start(SocketAddress server, boolean halfClose, String request)
      throws IOException {
    return start(server, false, halfClose, request);
  }

  /** Starts one that may speak TLS, and returns once the head has come. */
  public static SilentClient start(
      SocketAddress server, boolean tls, boolean halfClose, String request) throws IOException {
    String address =
        server instanceof InetSocketAddress tcp
            ? Integer.toString(tcp.getPort())
            : server.toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            tls ? System.getProperty("java.class.path") : classes(),
            SilentClient.class.getName(),
            address,
            Boolean.toString(halfClose),
            Boolean.toString(tls));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    process.getOutputStream().close();
    if (process.getInputStream().read() < 0) {
      throw new IOException("the client ended before it had an answer");
    }
    return new SilentClient(process);
  }

  private static String classes() {
    try {
      return Path.of(SilentClient.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The client's own process; takes the server's port or socket, whether to half-close, and whether
   * to speak TLS.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (RawClient client = connect(arguments[0], Boolean.parseBoolean(arguments[2]))) {
      client.send(System.in.readAllBytes());
      client.head();
      if (Boolean.parseBoolean(arguments[1])) {
        client.halfClose();
      }
      System.out.write(READY);
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  private static RawClient connect(String server, boolean tls) throws IOException {
    if (server.startsWith("/")) {
      return RawClient.connect(UnixDomainSocketAddress.of(server));
    }
    int port = Integer.parseInt(server);
    return tls
        ? RawClient.connectTls(port)
        : RawClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Ends it as {@code kill -9} does, and returns once it has ended. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
