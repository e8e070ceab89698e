package io.sockerless.agent.websocket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connected socket, plain or under TLS. Its buffers are left to the system, which lets them grow
 * with what is under way, further than it lets a program set them.
 *
 * <p>It keeps hold of the socket below TLS: to close that one is all that ends a write which a peer
 * does not read, where TLS would wait for the write to end so that it can say goodbye.
 */
final class Connection implements AutoCloseable {

  private static final int INPUT_BUFFER = 64 * 1024;

  private final Socket raw;
  private final Socket socket;
  private final IdleTimeoutInput arriving;
  private final InputStream input;

  private Connection(Socket raw, Socket socket) throws IOException {
    this.raw = raw;
    this.socket = socket;
    this.arriving = new IdleTimeoutInput(socket.getInputStream(), raw);
    this.input = new BufferedInputStream(arriving, INPUT_BUFFER);
  }

  /** Takes over a connected socket as it is. */
  static Connection plain(Socket raw) throws IOException {
    raw.setTcpNoDelay(true);
    return new Connection(raw, raw);
  }

  /**
   * Shakes hands as the client.
   *
   * @param host whom the server's certificate must name
   * @throws UntrustedCertificate if it does not, or nobody trusted vouches for it
   */
  static Connection toServer(Socket raw, SSLContext tls, String host) throws IOException {
    raw.setTcpNoDelay(true);
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, host, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLHandshakeException e) {
      if (e.getCause() instanceof CertificateException reason) {
        throw new UntrustedCertificate(host, reason);
      }
      throw e;
    }
    return new Connection(raw, socket);
  }

  /** Shakes hands as the server. */
  static Connection fromClient(Socket raw, SSLContext tls) throws IOException {
    raw.setTcpNoDelay(true);
    InputStream nothingRead = InputStream.nullInputStream();
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, nothingRead, true);
    socket.startHandshake();
    return new Connection(raw, socket);
  }

  /** What the peer sends, buffered. */
  InputStream input() {
    return input;
  }

  /** What the peer gets, unbuffered. */
  OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  /** Lets a read fail after a silence; zero for never. */
  void failReadsAfter(Duration silence) {
    if (!silence.isZero()) {
      arriving.limit(silence);
    }
  }

  /**
   * Ends our direction, waits for the peer to end its own, and closes. To close with bytes unread
   * would tell the peer's system to drop what it has not read either, and our last words with it.
   * {@link #endAfter} bounds how long that may take.
   */
  void finish() {
    try (this) {
      socket.shutdownOutput();
      byte[] ignored = new byte[8 * 1024];
      while (input.read(ignored, 0, ignored.length) >= 0) {
        // It is no longer for anyone.
      }
    } catch (IOException e) {
      cut();
    }
  }

  /** Lets the connection be open for so much longer, and no more. */
  Deadline endAfter(Duration limit) {
    return Deadline.after(limit, raw);
  }

  /** Ends both directions at once, whatever is under way; what has not been sent may be lost. */
  void cut() {
    arriving.close();
    try {
      raw.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    arriving.close();
    socket.close();
  }
}
