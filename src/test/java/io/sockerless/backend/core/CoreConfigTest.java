package io.sockerless.backend.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoreConfigTest {

  @Test
  void dataLiesWhereTheSettingSays() {
    assertThat(CoreConfig.from(Settings.of("sockerless.data", "/srv/x")).data())
        .isEqualTo(Path.of("/srv/x"));
  }

  @Test
  void withoutOneDataLieWhereTheSystemKeepsThem() {
    assertThat(CoreConfig.from(Settings.of("XDG_DATA_HOME", "/share")).data())
        .isEqualTo(Path.of("/share/sockerless"));
    assertThat(CoreConfig.from(Settings.of()).data())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/sockerless"));
  }

  @Test
  void nothingPretendsUnlessTheSettingSaysSo() {
    assertThat(CoreConfig.from(Settings.of()).synthetic()).isFalse();
    assertThat(CoreConfig.from(Settings.of("sockerless.synthetic", "true")).synthetic()).isTrue();
  }
}
