package io.sockerless.edge.security;

import io.sockerless.engine.ListenSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;

/** The server's side of TLS, by the files as they are at the moment. */
public final class TlsServer {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final TlsConfig config;
  private final ReloadedFiles<SSLContext> context;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming the settings if they cannot be used
   */
  public TlsServer(TlsConfig config) {
    this.config = config;
    List<Path> files = new ArrayList<>(List.of(config.certificate(), config.key()));
    config.authorities().ifPresent(files::add);
    config.revoked().ifPresent(files::add);
    this.context = new ReloadedFiles<>(files, () -> read(config));
  }

  /** Takes up files that have changed, for the connections to come. */
  public void refresh() {
    context.refresh();
  }

  /** TLS for one connection that has been accepted. */
  public SSLEngine engine() {
    SSLEngine engine = context.current().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(suites(engine));
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    switch (config.clients()) {
      case REQUIRED -> engine.setNeedClientAuth(true);
      case WANTED -> engine.setWantClientAuth(true);
      case NONE -> {}
    }
    return engine;
  }

  /**
   * The suites that authenticate what they encrypt and keep nothing that a stolen key could open
   * later. Of these, the shorter keys first, as Go has it: they are safe, and a quarter faster.
   */
  private static String[] suites(SSLEngine engine) {
    return Arrays.stream(engine.getSupportedCipherSuites())
        .filter(suite -> suite.contains("_GCM_") || suite.contains("_CHACHA20_"))
        .filter(suite ->
            suite.startsWith("TLS_AES_")
                || suite.startsWith("TLS_CHACHA20_")
                || suite.startsWith("TLS_ECDHE_"))
        .sorted(Comparator.comparing(suite -> !suite.contains("_AES_128_")))
        .toArray(String[]::new);
  }

  private static SSLContext read(TlsConfig config) throws IOException {
    List<X509Certificate> chain =
        certificates(ListenSettings.TLS_CERTIFICATE, config.certificate());
    PrivateKey key = key(config.key());
    checkPair(config, chain.getFirst(), key);
    SSLFactory.Builder tls =
        SSLFactory.builder()
            .withIdentityMaterial(key, new char[0], chain.toArray(X509Certificate[]::new));
    if (config.authorities().isPresent()) {
      List<X509Certificate> authorities =
          certificates(TlsConfig.AUTHORITIES, config.authorities().get());
      if (config.revoked().isPresent()) {
        tls.withTrustMaterial(RevocationLists.of(authorities, config.revoked().get()));
      } else {
        tls.withTrustMaterial(authorities);
      }
    } else {
      tls.withDummyTrustMaterial();
    }
    return tls.build().getSslContext();
  }

  private static PrivateKey key(Path file) throws IOException {
    String blocks = PemBlocks.keys(TlsConfig.KEY, file);
    if (blocks.contains("ENCRYPTED")) {
      throw new IOException(
          TlsConfig.KEY + ": " + file + " is encrypted, and nobody is there to give its password");
    }
    return parsed(TlsConfig.KEY, file, () -> PemUtils.parsePrivateKey(blocks));
  }

  private static List<X509Certificate> certificates(String setting, Path file) throws IOException {
    String blocks = PemBlocks.certificates(setting, file);
    return parsed(setting, file, () -> PemUtils.parseCertificate(blocks));
  }

  /** What a library reads tells what is wrong in many ways. */
  private static <T> T parsed(String setting, Path file, Supplier<T> parser) throws IOException {
    try {
      return parser.get();
    } catch (RuntimeException e) {
      throw new IOException(setting + ": " + file + ": " + e.getMessage(), e);
    }
  }

  /** The two are renewed one after the other, and must not be used between. */
  private static void checkPair(TlsConfig config, X509Certificate certificate, PrivateKey key)
      throws IOException {
    boolean pair;
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(certificate.getEncoded());
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(certificate.getEncoded());
      pair = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      pair = false;
    }
    if (!pair) {
      throw new IOException(
          TlsConfig.KEY
              + ": "
              + config.key()
              + " is not the key of "
              + config.certificate()
              + ", the certificate of "
              + ListenSettings.TLS_CERTIFICATE);
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
