package io.sockerless.edge;

import io.sockerless.edge.Peer.Way;
import io.sockerless.edge.security.CertificateIdentity;
import io.sockerless.edge.security.TlsServer;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.TlsTransport;
import io.sockerless.wire.Transport;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.security.cert.CertificateException;
import java.util.Optional;

/** How the connections of one address begin, and what that proves of who is there. */
record Entrance(Way way, Optional<TlsServer> tls) {

  /** The entrance at an address; TLS, if there is any, is for TCP alone. */
  static Entrance of(ListenAddress listen, Optional<TlsServer> tls) {
    if (listen.address() instanceof UnixDomainSocketAddress) {
      return new Entrance(Way.UNIX, Optional.empty());
    }
    return new Entrance(listen.isLocal() ? Way.LOOPBACK : Way.NETWORK, tls);
  }

  /** What to read from and write to; sends nothing yet. */
  Transport transport(ChannelTransport socket) {
    return tls.isPresent() ? new TlsTransport(socket, tls.get().engine()) : socket;
  }

  /**
   * Begins a connection, blocking for as long as the client takes for its part.
   *
   * @throws IOException if the client is not let in; it has been told why, as far as TLS can
   */
  Peer enter(Transport transport) throws IOException {
    if (!(transport instanceof TlsTransport encrypted)) {
      return new Peer(way, false, Optional.empty());
    }
    encrypted.handshake();
    try {
      return new Peer(way, true, CertificateIdentity.of(encrypted.session()));
    } catch (CertificateException e) {
      throw new IOException("the client's certificate: " + e.getMessage(), e);
    }
  }
}
