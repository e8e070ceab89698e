package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLoginTest {

  @Test
  void nobodyLogsInUnlessItIsAskedFor() {
    assertThat(ConsoleLogin.from(Settings.of())).isEqualTo(ConsoleLogin.NONE);
    assertThat(ConsoleLogin.from(Settings.of(ConsoleLogin.SETTING, "none")))
        .isEqualTo(ConsoleLogin.NONE);
    assertThat(ConsoleLogin.from(Settings.of(ConsoleLogin.SETTING, "server")))
        .isEqualTo(ConsoleLogin.SERVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "SERVER", "oidc"})
  void anotherValueIsRefusedByName(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConsoleLogin.from(Settings.of(ConsoleLogin.SETTING, value)))
        .withMessage("sockerless.console.login: " + value + ": expected none or server");
  }

  @Test
  void aLogInCoversTheConsoleAndNothingBeside() {
    assertThat(ConsoleLogin.covers("/console")).isTrue();
    assertThat(ConsoleLogin.covers("/console/engine/info")).isTrue();
    assertThat(ConsoleLogin.covers("/consoles")).isFalse();
    assertThat(ConsoleLogin.covers("/containers/json")).isFalse();
    assertThat(ConsoleLogin.covers("/v1.44/console/engine/info")).isFalse();
  }

  @Test
  void theConsolesCallsAreThoseOfTheEngine() {
    assertThat(ApiPath.of("/console/engine/v1.44/containers/json"))
        .isEqualTo(new ApiPath(Optional.of("1.44"), "/containers/json"));
    assertThat(ApiPath.of("/console/engine/info"))
        .isEqualTo(new ApiPath(Optional.empty(), "/info"));
    assertThat(ApiPath.of("/console/engines/info").path()).isEqualTo("/console/engines/info");
    assertThat(ApiPath.of("/v1.44/console/engine/info").path()).isEqualTo("/console/engine/info");
  }
}
