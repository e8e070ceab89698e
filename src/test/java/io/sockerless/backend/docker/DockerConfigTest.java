package io.sockerless.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

  private static DockerConfig config(String... settings) {
    return DockerConfig.from(Settings.of(settings));
  }

  @Test
  void withoutSettingsTheDaemonIsAtTheStandardSocket() {
    assertThat(config().host().text()).isEqualTo("unix:///var/run/docker.sock");
    assertThat(config().host().address())
        .isEqualTo(UnixDomainSocketAddress.of("/var/run/docker.sock"));
    assertThat(config().certificates()).isEmpty();
  }

  @Test
  void ourOwnSettingGoesBeforeTheOneOfAllClients() {
    assertThat(config("DOCKER_HOST", "tcp://a:1").host().text()).isEqualTo("tcp://a:1");
    assertThat(
            config("DOCKER_HOST", "tcp://a:1", "sockerless.docker.host", "tcp://b:2").host().text())
        .isEqualTo("tcp://b:2");
    assertThat(config("DOCKER_HOST", " ").host().text()).isEqualTo("unix:///var/run/docker.sock");
  }

  @Test
  void aFolderOfCertificatesTurnsTlsOn() {
    assertThat(
            config("sockerless.docker.host", "tcp://a:1", "sockerless.docker.cert.path", "/certs")
                .certificates())
        .contains(Path.of("/certs"));
  }

  @Test
  void theClientsTlsSettingsBelongToTheClientsHost() {
    assertThat(
            config(
                    "DOCKER_HOST",
                    "tcp://a:1",
                    "DOCKER_TLS_VERIFY",
                    "1",
                    "DOCKER_CERT_PATH",
                    "/certs")
                .certificates())
        .contains(Path.of("/certs"));
    assertThat(config("DOCKER_HOST", "tcp://a:1", "DOCKER_TLS_VERIFY", "1").certificates())
        .contains(Path.of(System.getProperty("user.home"), ".docker"));
    assertThat(config("DOCKER_HOST", "tcp://a:1", "DOCKER_CERT_PATH", "/certs").certificates())
        .isEmpty();
    assertThat(
            config(
                    "sockerless.docker.host",
                    "tcp://b:2",
                    "DOCKER_HOST",
                    "tcp://a:1",
                    "DOCKER_TLS_VERIFY",
                    "1",
                    "DOCKER_CERT_PATH",
                    "/certs")
                .certificates())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://a:1,false,a,1",
    "tcp://a,false,a,2375",
    "tcp://a,true,a,2376",
    "http://a:1,false,a,1",
    "https://a,true,a,2376",
    "tcp://[::1]:5,false,::1,5"
  })
  void tcpAddressesHaveDockersPorts(String text, boolean tls, String host, int port) {
    assertThat(DaemonAddress.parse(text, tls).address())
        .isInstanceOfSatisfying(
            InetSocketAddress.class,
            address -> {
              assertThat(address.isUnresolved()).isTrue();
              assertThat(address.getHostString()).isEqualTo(host);
              assertThat(address.getPort()).isEqualTo(port);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:1", "ssh://a", "npipe:////./pipe/docker_engine", "/var/run/docker.sock"})
  void whatIsNoAddressIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("sockerless.docker.host", text))
        .withMessageContaining("sockerless.docker.host")
        .withMessageContaining(text);
  }
}
