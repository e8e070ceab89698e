package io.sockerless.edge.security;

import io.sockerless.engine.Identity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Whom a client's certificate names: its common name, with its organizations and organizational
 * units as groups, which is how Kubernetes reads one too. Without one single common name it is the
 * whole subject.
 */
public final class CertificateIdentity {

  private CertificateIdentity() {}

  /**
   * Who is at the other end of a TLS connection.
   *
   * @return empty if the client has shown no certificate
   * @throws CertificateException if the certificate has expired since the session was begun, or
   *     names nobody that can be let in
   */
  public static Optional<Identity> of(SSLSession session) throws CertificateException {
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        certificate.checkValidity();
        return Optional.of(of(certificate.getSubjectX500Principal().getName()));
      }
    } catch (SSLPeerUnverifiedException e) {
      // The client was not asked, or has none and need not have.
      return Optional.empty();
    }
    throw new CertificateException("not an X.509 certificate");
  }

  /** Reads a subject as RFC 2253 writes it. */
  static Identity of(String subject) throws CertificateException {
    List<String> names = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        read(part, names, groups);
      }
      return KnownIdentity.of(names.size() == 1 ? names.getFirst() : subject, groups);
    } catch (InvalidNameException | IllegalArgumentException e) {
      throw new CertificateException("the subject names nobody: " + e.getMessage(), e);
    } catch (NamingException e) {
      throw new CertificateException("malformed subject", e);
    }
  }

  /** Several attributes may stand in one part. */
  private static void read(Rdn part, List<String> names, Set<String> groups)
      throws NamingException {
    NamingEnumeration<? extends Attribute> attributes = part.toAttributes().getAll();
    while (attributes.hasMore()) {
      Attribute attribute = attributes.next();
      if (!(attribute.get() instanceof String value)) {
        continue;
      }
      switch (attribute.getID().toUpperCase(Locale.ROOT)) {
        case "CN" -> names.add(value);
        case "O", "OU" -> groups.add(value);
        default -> {}
      }
    }
  }
}
