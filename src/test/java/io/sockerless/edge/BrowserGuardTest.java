package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.edge.Peer.Way;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserGuardTest {

  private static final Peer LOOPBACK = new Peer(Way.LOOPBACK, false, Optional.empty());
  private static final Peer ENCRYPTED = new Peer(Way.NETWORK, true, Optional.empty());
  private static final Peer UNIX = new Peer(Way.UNIX, false, Optional.empty());

  private static final BrowserGuard GUARD = new BrowserGuard(Set.of("dev.example"));

  private static boolean passes(Peer peer, String method, String... fields) {
    return GUARD.objection(new RequestHead(method, "/", Headers.of(fields)), peer).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:2375",
        "127.0.0.1",
        "127.9.9.9:1",
        "localhost:2375",
        "LOCALHOST",
        "[::1]:2375",
        "docker",
        "api.moby.localhost",
        "dev.example",
        "Dev.Example:2375",
        ""
      })
  void atLoopbackItsOwnNamesAreKnown(String host) {
    assertThat(passes(LOOPBACK, "GET", "Host", host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:2375",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example:2375@127.0.0.1",
        "192.0.2.1",
        "[::2]",
        "xdocker",
        "localhost:80:80",
        "docker.evil.example",
        "a b",
        "evillocalhost",
        "127.0.0.1, evil.example"
      })
  void aNameThatWasMadeToPointToLoopbackIsNot(String host) {
    assertThat(passes(LOOPBACK, "GET", "Host", host)).isFalse();
  }

  @Property
  void noForeignNamePasses(@ForAll String name) {
    assertThat(passes(LOOPBACK, "GET", "Host", name + ".example")).isEqualTo(name.equals("dev"));
  }

  @Test
  void elsewhereTheNameIsForTheCertificateToProveOrForTheFileSystem() {
    assertThat(passes(ENCRYPTED, "GET", "Host", "any.example")).isTrue();
    assertThat(passes(UNIX, "GET", "Host", "made up")).isTrue();
    assertThat(passes(UNIX, "POST", "Host", "x", "Origin", "https://evil.example")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "ANY"})
  void whatChangesSomethingComesFromOurOwnPagesOrFromNone(String method) {
    String host = "localhost:2375";
    assertThat(passes(LOOPBACK, method, "Host", host)).isTrue();
    assertThat(passes(LOOPBACK, method, "Host", host, "Origin", "http://localhost:2375")).isTrue();
    assertThat(passes(LOOPBACK, method, "Host", host, "Origin", "http://evil.example")).isFalse();
    assertThat(passes(LOOPBACK, method, "Host", host, "Origin", "null")).isFalse();
    assertThat(passes(LOOPBACK, method, "Host", host, "Origin", "")).isFalse();
    assertThat(
            passes(
                LOOPBACK, method, "Host", host, "Origin", "http://" + host, "Origin", "http://x"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:2375,true",
    "http://localhost:2376,false",
    "http://localhost,false",
    "https://localhost:2375,true",
    "http://LOCALHOST:2375,true",
    "http://localhost:2375/,false",
    "http://evil@localhost:2375,false",
    "http://127.0.0.1:2375,false",
    "ftp://localhost:2375,false"
  })
  void theOriginIsTheHostToTheLetter(String origin, boolean same) {
    assertThat(passes(LOOPBACK, "POST", "Host", "localhost:2375", "Origin", origin))
        .isEqualTo(same);
  }

  @Test
  void theUsualPortNeedNotBeNamed() {
    assertThat(passes(ENCRYPTED, "POST", "Host", "a.example", "Origin", "https://a.example:443"))
        .isTrue();
    assertThat(passes(ENCRYPTED, "POST", "Host", "a.example:443", "Origin", "https://a.example"))
        .isTrue();
  }

  @Test
  void aPageWithoutTlsIsNotTheOneThatWeServedByIt() {
    assertThat(passes(ENCRYPTED, "POST", "Host", "a.example", "Origin", "http://a.example"))
        .isFalse();
  }

  @Test
  void aForeignPageMayReadNothingByAWebSocket() {
    assertThat(
            passes(
                LOOPBACK, "GET", "Host", "localhost", "Upgrade", "websocket", "Origin", "http://e"))
        .isFalse();
    assertThat(passes(LOOPBACK, "GET", "Host", "localhost", "Origin", "http://e")).isTrue();
  }
}
