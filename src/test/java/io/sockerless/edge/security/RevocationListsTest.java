package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationListsTest {

  private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));
  private static final Certificates AUTHORITY = new Certificates();
  private static final Path ALICE = AUTHORITY.folder("CN=alice");
  private static final Path BOB = AUTHORITY.folder("CN=bob");

  @TempDir private Path folder;

  private static X509Certificate read(Path file) throws IOException, CertificateException {
    try (InputStream input = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
    }
  }

  private static void check(Path list, Path client) throws IOException, CertificateException {
    X509TrustManager trust =
        (X509TrustManager)
            RevocationLists.of(List.of(read(client.resolve("ca.pem"))), list).getTrustManagers()[0];
    trust.checkClientTrusted(new X509Certificate[] {read(client.resolve("cert.pem"))}, "RSA");
  }

  @Test
  void whatIsTakenBackIsRefusedAndTheRestIsNot() {
    Path list = AUTHORITY.revoking(TOMORROW, BOB);

    assertThatCode(() -> check(list, ALICE)).doesNotThrowAnyException();
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> check(list, BOB))
        .withMessageContaining("revoked");
  }

  @Test
  void anAuthorityWithoutAListThatIsStillGoodVouchesForNobody() {
    Path expired = AUTHORITY.revoking(Instant.now().minus(Duration.ofMinutes(20)), BOB);
    Path anothers = new Certificates().revoking(TOMORROW);

    assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> check(expired, ALICE));
    assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> check(anothers, ALICE));
  }

  @Test
  void aFileWithoutAListStopsTheStart() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    for (Path bad : new Path[] {empty, folder.resolve("missing"), ALICE.resolve("cert.pem")}) {
      TlsConfig config =
          new TlsConfig(
              ALICE.resolve("cert.pem"),
              ALICE.resolve("key.pem"),
              Optional.of(ALICE.resolve("ca.pem")),
              Optional.of(bad),
              ClientCertificates.REQUIRED);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TlsServer(config))
          .withMessageStartingWith("sockerless.tls.crl: " + bad);
    }
  }
}
