package io.sockerless.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of a test's own, and folders as {@code docker --tlsverify} wants them.
 */
public final class Certificates {

  private final X500Name name = new X500Name("CN=test authority");
  private final KeyPair keys = keys();
  private final X509CertificateHolder certificate = sign(name, keys, true);

  /** A folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for 127.0.0.1. */
  public Path folder() {
    return folder("CN=127.0.0.1");
  }

  /** Such a folder whose certificate has this subject. */
  public Path folder(String subject) {
    try {
      Path folder = Scratch.folder("certificates");
      KeyPair own = keys();
      write(folder.resolve("ca.pem"), certificate);
      write(folder.resolve("cert.pem"), sign(new X500Name(subject), own, false));
      write(folder.resolve("key.pem"), own.getPrivate());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A list of certificates that the authority takes back.
   *
   * @param expires when the next list is due
   * @param folders whose certificates those are
   */
  public Path revoking(Instant expires, Path... folders) {
    try {
      X509v2CRLBuilder list =
          new X509v2CRLBuilder(name, Date.from(Instant.now().minus(Duration.ofHours(1))));
      list.setNextUpdate(Date.from(expires));
      for (Path folder : folders) {
        try (Reader reader = Files.newBufferedReader(folder.resolve("cert.pem"));
            PEMParser pem = new PEMParser(reader)) {
          X509CertificateHolder revoked = (X509CertificateHolder) pem.readObject();
          list.addCRLEntry(
              revoked.getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
        }
      }
      Path file = Scratch.file("revoked", ".pem");
      write(
          file, list.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store, in PKCS #12, of a server at 127.0.0.1. */
  public Path keyStore(String password) {
    try {
      KeyPair own = keys();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = {
        new JcaX509CertificateConverter()
            .getCertificate(sign(new X500Name("CN=127.0.0.1"), own, false))
      };
      store.setKeyEntry("own", own.getPrivate(), password.toCharArray(), chain);
      Path file = Scratch.file("keys", ".p12");
      try (OutputStream output = Files.newOutputStream(file)) {
        store.store(output, password.toCharArray());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509CertificateHolder sign(X500Name subject, KeyPair subjectKeys, boolean authority) {
    Instant now = Instant.now();
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(64, new SecureRandom()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              subject,
              subjectKeys.getPublic())
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, Object object) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      pem.writeObject(object);
    }
  }
}
