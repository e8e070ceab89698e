package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenConfigTest {

  private static final String KEY = "mp.jwt.verify.publickey.location";
  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String AUDIENCES = "mp.jwt.verify.audiences";

  @Test
  void withoutAKeyNoTokensAreAccepted() {
    assertThat(TokenConfig.from(Settings.of(ISSUER, "i", AUDIENCES, "a"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/keys.json", "file:///keys.json"})
  void theKeysStandInAFile(String key) {
    assertThat(TokenConfig.from(Settings.of(KEY, key, ISSUER, "i", AUDIENCES, "a, b,")))
        .contains(new TokenConfig(URI.create("file:///keys.json"), "i", List.of("a", "b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://issuer/keys", "http://127.0.0.1:8080/keys"})
  void theKeysArePublished(String key) {
    assertThat(TokenConfig.from(Settings.of(KEY, key, ISSUER, "i", AUDIENCES, "a")))
        .contains(new TokenConfig(URI.create(key), "i", List.of("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://issuer/keys", "ftp://127.0.0.1/keys", "classpath:keys"})
  void keysThatAnybodyCouldReplaceOnTheirWayAreNotFetched(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenConfig.from(Settings.of(KEY, key, ISSUER, "i", AUDIENCES, "a")))
        .withMessageStartingWith(KEY + ": " + key);
  }

  @Test
  void tokensOfAnyIssuerOrForAnybodyAreNotAccepted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenConfig.from(Settings.of(KEY, "k", AUDIENCES, "a")))
        .withMessageStartingWith(ISSUER + " is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenConfig.from(Settings.of(KEY, "k", ISSUER, "i", AUDIENCES, " , ")))
        .withMessageStartingWith(AUDIENCES + " is missing");
  }
}
