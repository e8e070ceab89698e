package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {

  @Test
  void aStartWaitsFiveMinutesAndSessionsOneUnlessSettingsSayOtherwise() {
    AgentSettings settings = AgentSettings.from(Settings.of());

    assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.patience()).isEqualTo(Duration.ofMinutes(1));
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
