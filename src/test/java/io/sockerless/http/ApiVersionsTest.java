package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.Settings;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionsTest {

  private final FakeDaemon daemon = FakeDaemon.start();
  private final Engine engine =
      DockerEngine.from(Settings.of("sockerless.docker.host", daemon.host()));

  @AfterEach
  void stop() {
    daemon.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.24", "1.41", "1.51", "1.30.0"})
  void versionsThatTheDaemonSpeaksPass(String version) {
    assertThat(ApiVersions.refusal(Optional.of(version), engine)).isEmpty();
  }

  @Test
  void noVersionAtAllPassesWithoutAskingTheDaemon() {
    assertThat(ApiVersions.refusal(Optional.empty(), engine)).isEmpty();
    assertThat(daemon.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.23", "1.9", "1", "0.99"})
  void olderOnesAreRefusedInDockersWordsAsText(String version) {
    Answer refusal = ApiVersions.refusal(Optional.of(version), engine).orElseThrow();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.headers().all("Content-Type")).containsExactly("text/plain; charset=utf-8");
    assertThat(refusal.bytes())
        .asString()
        .isEqualTo(
            "client version "
                + version
                + " is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.52", "1.100", "2.0", "99999999999999999999.1"})
  void newerOnesAreRefusedInDockersWords(String version) {
    Answer refusal = ApiVersions.refusal(Optional.of(version), engine).orElseThrow();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.document().asJsonObject().getString("message"))
        .isEqualTo(
            "client version " + version + " is too new. Maximum supported API version is 1.51");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1.41/info,1.41,/info",
    "/v1/info,1,/info",
    "/info,,/info",
    "/v1.41,,/v1.41",
    "/v1.41/,1.41,/",
    "/v1.41/v1.24/info,1.41,/v1.24/info",
    "/version,,/version",
    "/volumes/v1.41/x,,/volumes/v1.41/x",
    "/v1.x/info,,/v1.x/info",
    "/v.1/info,,/v.1/info"
  })
  void theVersionIsTakenOffThePath(String path, String version, String rest) {
    assertThat(ApiPath.of(path)).isEqualTo(new ApiPath(Optional.ofNullable(version), rest));
  }
}
