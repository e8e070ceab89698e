package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryConfigTest {

  @Test
  void dataLiesWhereTheSettingSays() {
    assertThat(MemoryConfig.from(Settings.of("sockerless.data", "/srv/x")).data())
        .isEqualTo(Path.of("/srv/x"));
  }

  @Test
  void withoutOneDataLieWhereTheSystemKeepsThem() {
    assertThat(MemoryConfig.from(Settings.of("XDG_DATA_HOME", "/share")).data())
        .isEqualTo(Path.of("/share/sockerless"));
    assertThat(MemoryConfig.from(Settings.of()).data())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/sockerless"));
  }

  @Test
  void nothingPretendsUnlessTheSettingSaysSo() {
    assertThat(MemoryConfig.from(Settings.of()).synthetic()).isFalse();
    assertThat(MemoryConfig.from(Settings.of("sockerless.synthetic", "true")).synthetic()).isTrue();
  }
}
