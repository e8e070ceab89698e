package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

  private static RegistryConfig config(String... settings) {
    return RegistryConfig.from(Settings.of(settings));
  }

  @Test
  void withoutSettingsThereAreNoMirrorsAndTheEmbeddedImageServes() {
    assertThat(config().mirrors()).isEmpty();
    assertThat(config().embedded()).isTrue();
    assertThat(config().hub()).isEqualTo(URI.create("https://registry-1.docker.io"));
  }

  @Test
  void mirrorsAreAListOfUrls() {
    assertThat(
            config("sockerless.registry.mirrors", "https://mirror.example/, http://127.0.0.1:5000")
                .mirrors())
        .containsExactly(URI.create("https://mirror.example"), URI.create("http://127.0.0.1:5000"));
  }

  @Test
  void theEmbeddedImageCanBeSwitchedOff() {
    assertThat(config("sockerless.images.embedded", "false").embedded()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("sockerless.images.embedded", "no"))
        .withMessageContaining("sockerless.images.embedded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror.example",
        "http://mirror.example",
        "ftp://127.0.0.1",
        "https://u:p@h",
        "::"
      })
  void aMirrorThatIsNotSafeIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("sockerless.registry.mirrors", text))
        .withMessageContaining("sockerless.registry.mirrors");
  }
}
