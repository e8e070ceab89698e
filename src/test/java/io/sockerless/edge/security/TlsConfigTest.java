package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsConfigTest {

  private static final String CERTIFICATE = "sockerless.tls.certificate";
  private static final String KEY = "sockerless.tls.key";
  private static final String CA = "sockerless.tls.ca";
  private static final String CLIENT = "sockerless.tls.client";

  private static Optional<TlsConfig> config(boolean open, String... settings) {
    return TlsConfig.from(Settings.of(settings), open);
  }

  @Test
  void withoutACertificateThereIsNoTls() {
    assertThat(config(false)).isEmpty();
    assertThat(config(true)).isEmpty();
  }

  @Test
  void theSettingsNameFiles() {
    assertThat(
            config(
                false,
                CERTIFICATE,
                "/c",
                KEY,
                "/k",
                CA,
                "/a",
                "sockerless.tls.crl",
                "/r",
                CLIENT,
                "wanted"))
        .contains(
            new TlsConfig(
                Path.of("/c"),
                Path.of("/k"),
                Optional.of(Path.of("/a")),
                Optional.of(Path.of("/r")),
                ClientCertificates.WANTED));
  }

  @ParameterizedTest
  @CsvSource({"required,REQUIRED", "wanted,WANTED", "none,NONE"})
  void clientSaysWhatIsWantedOfClients(String text, ClientCertificates expected) {
    assertThat(config(true, CERTIFICATE, "c", KEY, "k", CA, "a", CLIENT, text).orElseThrow())
        .extracting(TlsConfig::clients)
        .isEqualTo(expected);
  }

  @Test
  void clientsMustShowACertificateWhereOthersReachTheServerOrAnAuthorityIsNamed() {
    assertThat(config(true, CERTIFICATE, "c", KEY, "k", CA, "a").orElseThrow().clients())
        .isEqualTo(ClientCertificates.REQUIRED);
    assertThat(config(false, CERTIFICATE, "c", KEY, "k", CA, "a").orElseThrow().clients())
        .isEqualTo(ClientCertificates.REQUIRED);
    assertThat(config(false, CERTIFICATE, "c", KEY, "k").orElseThrow().clients())
        .isEqualTo(ClientCertificates.NONE);
  }

  @Test
  void whoLetsAnyoneInMustSaySo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(true, CERTIFICATE, "c", KEY, "k"))
        .withMessageStartingWith("sockerless.tls.ca is missing")
        .withMessageContaining("sockerless.tls.client=none");
    assertThat(config(true, CERTIFICATE, "c", KEY, "k", CLIENT, "none")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "sockerless.tls.certificate,sockerless.tls.key is missing",
    "sockerless.tls.key,sockerless.tls.certificate is missing",
    "sockerless.tls.ca,sockerless.tls.ca needs TLS",
    "sockerless.tls.client,sockerless.tls.client needs TLS"
  })
  void aSettingThatIsNothingByItselfIsRefused(String key, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(false, key, "none"))
        .withMessageStartingWith(message);
  }

  @Test
  void whatClientsMayBeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(false, CERTIFICATE, "c", KEY, "k", CLIENT, "maybe"))
        .withMessage("sockerless.tls.client: maybe: expected required, wanted or none");
  }
}
