package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeConfigTest {

  private static List<String> listening(String... settings) {
    return EdgeConfig.from(Settings.of(settings)).listen().stream()
        .map(ListenAddress::text)
        .toList();
  }

  @Test
  void withoutSettingsItListensOnLoopbackAtDockersPortBeforePort9080() {
    EdgeConfig config = EdgeConfig.from(Settings.of());
    assertThat(listening()).containsExactly("tcp://127.0.0.1:2375");
    assertThat(config.serverPort()).isEqualTo(9080);
  }

  @Test
  void aHeadMayTakeThirtySeconds() {
    assertThat(EdgeConnection.HEAD_TIME).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void listenNamesOneAddressOrMore() {
    assertThat(listening("sockerless.listen", "unix:///run/a.sock"))
        .containsExactly("unix:///run/a.sock");
    assertThat(
            listening(
                "sockerless.listen", " tcp://localhost:1 , unix:///run/a.sock,tcp://[::1]:2,"))
        .containsExactly("tcp://localhost:1", "unix:///run/a.sock", "tcp://[::1]:2");
  }

  @Test
  void httpPortNamesTheServersOwnPort() {
    assertThat(EdgeConfig.from(Settings.of("sockerless.http.port", "9999")).serverPort())
        .isEqualTo(9999);
  }

  @Test
  void drainIsInSeconds() {
    assertThat(EdgeConfig.from(Settings.of("sockerless.drain", "25")).drain())
        .isEqualTo(Duration.ofSeconds(25));
    assertThat(EdgeConfig.from(Settings.of()).drain()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://0.0.0.0:2375",
        "tcp://192.0.2.1:2375",
        "tcp://[::]:2375",
        "unix:///a,tcp://0.0.0.0:1"
      })
  void anAddressThatIsOpenToTheNetworkNeedsLeave(String listen) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listening("sockerless.listen", listen))
        .withMessageContaining("sockerless.listen.insecure=true")
        .withMessageContaining("open to the network");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> listening("sockerless.listen", listen, "sockerless.listen.insecure", "false"));
    assertThat(listening("sockerless.listen", listen, "sockerless.listen.insecure", "true"))
        .isNotEmpty();
  }

  @Test
  void withTlsAnAddressMayBeOpenToTheNetwork() {
    String[] settings = {
      "sockerless.listen", "tcp://0.0.0.0:2376",
      "sockerless.tls.certificate", "c",
      "sockerless.tls.key", "k",
      "sockerless.tls.ca", "a"
    };
    assertThat(listening(settings)).containsExactly("tcp://0.0.0.0:2376");
    assertThat(EdgeConfig.from(Settings.of(settings)).requiresIdentity()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            listening(
                "sockerless.listen", "tcp://0.0.0.0:2376",
                "sockerless.tls.certificate", "c",
                "sockerless.tls.key", "k"))
        .withMessageContaining("sockerless.tls.ca");
  }

  @Test
  void identityIsRequiredByCertificatesOrTokens() {
    assertThat(EdgeConfig.from(Settings.of()).requiresIdentity()).isFalse();
    assertThat(
            EdgeConfig.from(
                    Settings.of("sockerless.tls.certificate", "c", "sockerless.tls.key", "k"))
                .requiresIdentity())
        .isFalse();
    assertThat(
            EdgeConfig.from(
                    Settings.of(
                        "mp.jwt.verify.publickey.location", "k",
                        "mp.jwt.verify.issuer", "i",
                        "mp.jwt.verify.audiences", "a"))
                .requiresIdentity())
        .isTrue();
    assertThat(
            EdgeConfig.from(Settings.of("sockerless.console.login", "server")).requiresIdentity())
        .isTrue();
  }

  @Test
  void namesAreWhatLoopbackMayBeCalled() {
    assertThat(EdgeConfig.from(Settings.of()).names()).isEmpty();
    assertThat(
            EdgeConfig.from(Settings.of("sockerless.listen.names", " Dev.Example , other,"))
                .names())
        .containsExactlyInAnyOrder("dev.example", "other");
  }

  @Test
  void aHostThatNobodyKnowsIsNotTakenForThisMachine() {
    assertThat(ListenAddress.parse("tcp://no-such-host.invalid:1").isLocal()).isFalse();
  }

  @Test
  void addressesAreReadAsTheyAreWritten() {
    assertThat(ListenAddress.parse("tcp://127.0.0.1:0").address())
        .isEqualTo(new InetSocketAddress("127.0.0.1", 0));
    assertThat(ListenAddress.parse("tcp://[::1]:65535").address())
        .isEqualTo(new InetSocketAddress("::1", 65535));
    assertThat(ListenAddress.parse("unix:///a/b c.sock").address())
        .isEqualTo(UnixDomainSocketAddress.of("/a/b c.sock"));
    assertThat(ListenAddress.parse("unix:///a").isLocal()).isTrue();
    assertThat(ListenAddress.parse("tcp://127.9.9.9:1").isLocal()).isTrue();
    assertThat(ListenAddress.parse("tcp://[::1]:1").isLocal()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:2375",
        "tcp://127.0.0.1",
        "tcp://:2375",
        "tcp://127.0.0.1:65536",
        "tcp://a b:1",
        "http://127.0.0.1:1",
        "unix://relative.sock",
        "/run/a.sock",
        "npipe:////./pipe/docker"
      })
  void whatIsNoAddressIsRefusedByName(String listen) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> listening("sockerless.listen", listen))
        .withMessageStartingWith("sockerless.listen: " + listen);
  }
}
