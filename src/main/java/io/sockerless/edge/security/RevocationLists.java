package io.sockerless.edge.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Trusts what authorities have vouched for and not taken back. Nothing is fetched: who keeps a
 * client out must not depend on whether somebody else's server answers. An authority without a list
 * that is still good vouches for nobody.
 */
final class RevocationLists {

  private RevocationLists() {}

  /**
   * Reads lists.
   *
   * @param file in PEM, one for each authority that clients' certificates come from
   * @throws IOException naming the setting if there is none in it
   */
  static TrustManagerFactory of(List<X509Certificate> authorities, Path file) throws IOException {
    try {
      PKIXRevocationChecker checker =
          (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
      checker.setOptions(
          EnumSet.of(
              PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
      Set<TrustAnchor> anchors =
          authorities.stream()
              .map(authority -> new TrustAnchor(authority, null))
              .collect(Collectors.toSet());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(read(file))));
      parameters.addCertPathChecker(checker);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(new CertPathTrustManagerParameters(parameters));
      return trust;
    } catch (GeneralSecurityException e) {
      throw new IOException(TlsConfig.REVOKED + ": " + file + ": " + e.getMessage(), e);
    }
  }

  private static Collection<? extends CRL> read(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream input = Files.newInputStream(file)) {
      Collection<? extends CRL> lists = CertificateFactory.getInstance("X.509").generateCRLs(input);
      if (lists.isEmpty()) {
        throw new IOException(TlsConfig.REVOKED + ": " + file + ": no list in it");
      }
      return lists;
    } catch (NoSuchFileException e) {
      throw new IOException(TlsConfig.REVOKED + ": " + file + ": there is no such file", e);
    }
  }
}
