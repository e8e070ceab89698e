package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedImageTest {

  @TempDir Path folder;

  private static Map<String, String> entries(Path layer) throws IOException {
    Map<String, String> entries = new HashMap<>();
    try (TarReader tar = new TarReader(Files.newInputStream(layer))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        String content = new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
        entries.put(entry.get().name(), entry.get().linkTarget() + content);
      }
    }
    return entries;
  }

  @Test
  void itServesWhereNoRegistryAnswersAndSaysSo() throws IOException {
    try (ImageFixture fixture = new ImageFixture(folder)) {
      Image image = fixture.service.source().pull("alpine:3", "", Call.of(Query.none()));
      assertThat(image.config().getJsonObject("Labels").getString("io.sockerless.embedded"))
          .isEqualTo("true");
      List<Path> layers = fixture.service.source().layers(image);
      assertThat(layers).hasSize(1);
      assertThat(entries(layers.getFirst()))
          .containsEntry("bin/busybox", "\0sockerless-utility\n")
          .containsEntry("bin/sh", "/bin/busybox")
          .containsEntry("usr/bin/awk", "/bin/busybox")
          .containsEntry("usr/bin/our-own", "/bin/busybox")
          .containsEntry("var/run", "../run")
          .containsKeys("tmp/", "etc/passwd", "etc/os-release");
    }
  }

  @Test
  void itServesForTestcontainersReaperWhoseCommandItRuns() {
    try (ImageFixture fixture = new ImageFixture(folder)) {
      Image image =
          fixture.service.source().pull("testcontainers/ryuk:0.14.0", "", Call.of(Query.none()));
      assertThat(image.config().getJsonArray("Cmd").getString(0)).isEqualTo("/bin/ryuk");
    }
  }

  @Test
  void itServesForThisMachinesPlatformAlone() {
    try (ImageFixture fixture = new ImageFixture(folder)) {
      String here = Platform.host().toString();
      assertThat(fixture.service.source().pull("alpine", here, Call.of(Query.none())).document())
          .isNotNull();
      assertThatThrownBy(
              () -> fixture.service.source().pull("alpine", "linux/foo", Call.of(Query.none())))
          .isInstanceOf(EngineException.Failure.class)
          .hasMessageContaining("connection refused");
    }
  }

  @Test
  void itServesForNoOtherNameAndNotWhenSwitchedOff() {
    try (ImageFixture fixture = new ImageFixture(folder)) {
      assertThatThrownBy(() -> fixture.service.source().pull("redis", "", Call.of(Query.none())))
          .isInstanceOf(EngineException.Failure.class);
    }
    try (ImageFixture fixture =
        new ImageFixture(
            folder,
            new RegistryConfig(List.of(), false, ImageFixture.NOBODY, ImageFixture.NOBODY))) {
      assertThatThrownBy(() -> fixture.service.source().pull("alpine", "", Call.of(Query.none())))
          .isInstanceOf(EngineException.Failure.class);
    }
  }
}
