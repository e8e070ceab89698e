package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSettingsTest {

  @Test
  void withoutSettingsAgentsCallTheServersOwnPort() {
    AgentSettings settings = AgentSettings.from(Settings.of("sockerless.http.port", "9081"));

    assertThat(settings.callback()).isEqualTo("ws://127.0.0.1:9081/internal/v1/agent/connect");
    assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.patience()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://server:1,ws://server:1/internal/v1/agent/connect",
    "https://server/,wss://server/internal/v1/agent/connect",
    "http://server,ws://server/internal/v1/agent/connect",
    "wss://server/elsewhere,wss://server/elsewhere",
  })
  void theCallbackIsAWebSocketsAddress(String given, String callback) {
    assertThat(AgentSettings.from(Settings.of("sockerless.callback.url", given)).callback())
        .isEqualTo(callback);
  }

  @Test
  void bothTimesAreInSecondsAndPositive() {
    AgentSettings settings =
        AgentSettings.from(
            Settings.of("sockerless.agent.deadline", "7", "sockerless.agent.patience", "8"));

    assertThat(settings.deadline()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentSettings.from(Settings.of("sockerless.agent.deadline", "0")))
        .withMessageContaining("sockerless.agent.deadline");
  }
}
