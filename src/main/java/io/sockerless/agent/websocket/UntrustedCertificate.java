package io.sockerless.agent.websocket;

import java.io.IOException;

/** The other end shows a certificate that nobody we trust vouches for, or that names another. */
public final class UntrustedCertificate extends IOException {

  private static final long serialVersionUID = 1L;

  UntrustedCertificate(String host, Exception reason) {
    super("the certificate of " + host + " cannot be verified: " + reason.getMessage(), reason);
  }
}
