package io.sockerless.support;

import io.sockerless.wire.Connection;
import io.sockerless.wire.Copy;
import io.sockerless.wire.SocketTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/**
 * The real daemon behind TLS, as {@code dockerd --tlsverify} would be: a client needs a certificate
 * of its authority.
 */
public final class TlsFront implements AutoCloseable {

  private final SSLServerSocket server;

  /** Listens on a free port with the folder's certificate. */
  public TlsFront(Path folder, String protocol) throws IOException {
    SSLFactory tls =
        SSLFactory.builder()
            .withTrustMaterial(PemUtils.loadTrustMaterial(folder.resolve("ca.pem")))
            .withIdentityMaterial(
                PemUtils.loadIdentityMaterial(
                    folder.resolve("cert.pem"), folder.resolve("key.pem")))
            .build();
    server =
        (SSLServerSocket)
            tls.getSslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    server.setEnabledProtocols(new String[] {protocol});
    Thread.ofVirtual().start(this::accept);
  }

  /** In the words of {@code DOCKER_HOST}. */
  public String host() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or a client that was refused.
      }
    }
  }

  private static void serve(SSLSocket socket) {
    try (socket;
        Connection client = new Connection(new SocketTransport(socket));
        Connection daemon = DockerDaemon.open()) {
      Thread upward =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Copy.all(client.input(), daemon.output());
                  daemon.shutdownOutput();
                } catch (IOException e) {
                  daemon.close();
                }
              });
      Copy.all(daemon.input(), client.output());
      client.shutdownOutput();
      upward.join();
    } catch (IOException e) {
      // The client was refused, or left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
