package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.support.Registries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from real registries. */
class PullIT {

  @TempDir Path folder;
  private ImageFixture fixture;

  @BeforeEach
  void open() {
    Registries.require();
    fixture = new ImageFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Image pull(String name, Call call) {
    return fixture.service.source().pull(name, "", call);
  }

  @Test
  void anImageOfADaemonsPushIsPulledWithItsLayersUnpacked() {
    Image image = pull(Registries.OPEN_IMAGE, Call.of(Query.none()));
    assertThat(fixture.service.source().find(Registries.OPEN_IMAGE, "")).contains(image);
    assertThat(fixture.service.source().layers(image))
        .hasSize(1)
        .allSatisfy(layer -> assertThat(layer).isRegularFile());
    assertThat(fixture.events)
        .containsExactly(
            "image pull 127.0.0.1:5000/sockerless/hello:1 127.0.0.1:5000/sockerless/hello");
  }

  @Test
  void anUnknownTagIsNotFoundInDockersWords() {
    assertThatThrownBy(() -> pull("127.0.0.1:5000/sockerless/hello:2", Call.of(Query.none())))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage(
            "manifest for 127.0.0.1:5000/sockerless/hello:2 not found: manifest unknown: manifest unknown");
  }

  @Test
  void aPrivateImageNeedsCredentials() {
    assertThatThrownBy(() -> pull(Registries.PRIVATE_IMAGE, Call.of(Query.none())))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessageContaining("no basic auth credentials");
    String header =
        Base64.getUrlEncoder()
            .encodeToString(
                Registries.credentials(Registries.PASSWORD).getBytes(StandardCharsets.UTF_8));
    Image image =
        pull(Registries.PRIVATE_IMAGE, Call.of(Query.none()).withHeader("X-Registry-Auth", header));
    assertThat(fixture.service.source().layers(image)).isNotEmpty();
  }
}
