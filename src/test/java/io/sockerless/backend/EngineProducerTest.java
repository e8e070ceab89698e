package io.sockerless.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import org.junit.jupiter.api.Test;

class EngineProducerTest {

  @Test
  void withoutSettingsTheBackendIsDocker() {
    assertThat(new EngineProducer().engine(Settings.of()).backend()).isEqualTo("docker");
  }

  @Test
  void theSettingNamesTheBackend() {
    assertThat(new EngineProducer().engine(Settings.of("sockerless.backend", "docker")).backend())
        .isEqualTo("docker");
  }

  @Test
  void aBackendThatIsNotThereIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineProducer().engine(Settings.of("sockerless.backend", "podman")))
        .withMessageStartingWith("sockerless.backend: podman");
  }
}
