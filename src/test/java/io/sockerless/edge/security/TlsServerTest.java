package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsServerTest {

  private static final Certificates AUTHORITY = new Certificates();
  private static final Path FOLDER = AUTHORITY.folder();
  private static final Path CERTIFICATE = FOLDER.resolve("cert.pem");
  private static final Path KEY = FOLDER.resolve("key.pem");

  @TempDir private Path folder;

  private static TlsServer server(Path certificate, Path key, Path authorities) {
    return new TlsServer(
        new TlsConfig(
            certificate,
            key,
            Optional.of(authorities),
            Optional.empty(),
            ClientCertificates.REQUIRED));
  }

  @Test
  void nothingOlderThanTls12IsSpoken() {
    assertThat(server(CERTIFICATE, KEY, CERTIFICATE).engine().getEnabledProtocols())
        .containsExactly("TLSv1.3", "TLSv1.2");
  }

  @Test
  void everySuiteAuthenticatesWhatItEncryptsAndForgetsItsKeys() {
    assertThat(server(CERTIFICATE, KEY, CERTIFICATE).engine().getEnabledCipherSuites())
        .isNotEmpty()
        .allMatch(suite -> suite.contains("GCM") || suite.contains("CHACHA20_POLY1305"))
        .noneMatch(suite -> suite.startsWith("TLS_RSA") || suite.startsWith("TLS_DHE"))
        .startsWith("TLS_AES_128_GCM_SHA256");
    assertThat(server(CERTIFICATE, KEY, CERTIFICATE).engine().getSSLParameters())
        .as("our order")
        .matches(SSLParameters::getUseCipherSuitesOrder);
  }

  @Test
  void whatIsWantedOfClientsIsAskedOfThem() {
    assertThat(server(CERTIFICATE, KEY, CERTIFICATE).engine().getNeedClientAuth()).isTrue();
    TlsConfig none =
        new TlsConfig(
            CERTIFICATE, KEY, Optional.empty(), Optional.empty(), ClientCertificates.NONE);
    assertThat(new TlsServer(none).engine().getNeedClientAuth()).isFalse();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    Path other = AUTHORITY.folder().resolve("key.pem");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server(CERTIFICATE, other, CERTIFICATE))
        .withMessageStartingWith("sockerless.tls.key: " + other + " is not the key of");
  }

  @Test
  void aFileThatIsMissingOrEmptyIsNamedByItsSetting() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path missing = folder.resolve("missing");
    for (Path bad : new Path[] {empty, missing}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server(bad, KEY, CERTIFICATE))
          .withMessageStartingWith("sockerless.tls.certificate: " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server(CERTIFICATE, bad, CERTIFICATE))
          .withMessageStartingWith("sockerless.tls.key: " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server(CERTIFICATE, KEY, bad))
          .withMessageStartingWith("sockerless.tls.ca: " + bad);
    }
  }

  @Test
  void whatElseIsInAFileIsPassedOver() throws IOException {
    Path both =
        Files.writeString(
            folder.resolve("both.pem"),
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                + Files.readString(KEY)
                + "Subject: somebody\n"
                + Files.readString(CERTIFICATE));

    assertThat(server(both, both, both).engine().getNeedClientAuth()).isTrue();
  }

  @Test
  void aKeyThatIsEncryptedIsCalledThat() throws IOException {
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> server(CERTIFICATE, key, CERTIFICATE))
        .withMessage(
            "sockerless.tls.key: "
                + key
                + " is encrypted, and nobody is there to give its password");
  }
}
