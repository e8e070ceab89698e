package io.sockerless.backend.docker;

import io.sockerless.wire.ConnectionPool;
import io.sockerless.wire.SocketTransport;
import io.sockerless.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** Opens TLS connections to a daemon with the files that {@code docker --tlsverify} uses. */
record TlsDialer(DaemonAddress host, SSLFactory tls) implements ConnectionPool.Dialer {

  /**
   * A dialler that trusts {@code ca.pem} alone and shows {@code cert.pem} if there is one.
   *
   * @throws IllegalArgumentException for a folder without a readable {@code ca.pem}, or a unix
   *     socket
   */
  static TlsDialer of(DaemonAddress host, Path certificates) {
    if (!(host.address() instanceof InetSocketAddress)) {
      throw new IllegalArgumentException(
          DockerConfig.CERTIFICATES + ": TLS needs a daemon at tcp://, not " + host.text());
    }
    SSLFactory.Builder tls = SSLFactory.builder();
    try {
      tls.withTrustMaterial(PemUtils.loadTrustMaterial(certificates.resolve("ca.pem")));
      if (Files.exists(certificates.resolve("cert.pem"))) {
        tls.withIdentityMaterial(
            PemUtils.loadIdentityMaterial(
                certificates.resolve("cert.pem"), certificates.resolve("key.pem")));
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          DockerConfig.CERTIFICATES + ": " + certificates + ": " + e.getMessage(), e);
    }
    return new TlsDialer(host, tls.build());
  }

  @Override
  public Transport connect() throws IOException {
    InetSocketAddress address = (InetSocketAddress) host.resolve();
    SSLSocket socket = (SSLSocket) tls.getSslSocketFactory().createSocket();
    try {
      socket.connect(address);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new SocketTransport(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
