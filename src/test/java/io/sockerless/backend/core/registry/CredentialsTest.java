package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialsTest {

  private static String encode(String document) {
    return Base64.getUrlEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theHeaderIsADocumentInBase64OfEitherAlphabet() {
    String document = "{\"username\":\"u\",\"password\":\"??>>\"}";
    String standard = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
    assertThat(Credentials.ofHeader(encode(document))).isEqualTo(Credentials.of("u", "??>>"));
    assertThat(Credentials.ofHeader(standard)).isEqualTo(Credentials.of("u", "??>>"));
  }

  @Test
  void nameAndPasswordMayComeJoined() {
    assertThat(Credentials.ofHeader(encode("{\"auth\":\"dTpwOnc=\"}")))
        .isEqualTo(Credentials.of("u", "p:w"));
  }

  @Test
  void aBuildsHeaderYieldsThoseOfOneRegistryAlone() {
    String header =
        encode(
            "{\"https://index.docker.io/v1/\":{\"username\":\"hub\",\"password\":\"1\"},"
                + "\"other:5000\":{\"username\":\"other\",\"password\":\"2\"}}");
    assertThat(Credentials.ofConfigHeader(header, "docker.io"))
        .isEqualTo(Credentials.of("hub", "1"));
    assertThat(Credentials.ofConfigHeader(header, "other:5000"))
        .isEqualTo(Credentials.of("other", "2"));
    assertThat(Credentials.ofConfigHeader(header, "other").isNone()).isTrue();
  }

  @Test
  void whatIsNoDocumentIsRefused() {
    assertThatThrownBy(() -> Credentials.ofHeader("%%%"))
        .isInstanceOf(EngineException.InvalidParameter.class);
    assertThatThrownBy(() -> Credentials.ofHeader(encode("null")))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @Test
  void theyDoNotShowThemselves() {
    assertThat(new Credentials("u", "secret1", "secret2", "secret3").toString())
        .doesNotContain("secret");
  }
}
