package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import io.sockerless.wire.Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgePassesTest {

  private static final Identity ALICE = Identity.of("alice");

  private final EdgePasses passes = new EdgePasses();

  private Identity identity(String pass) {
    return passes.identity(Headers.of("sockerless-pass", pass));
  }

  @Test
  void nobodyNeedsAPassUntilTheyAreRequired() {
    assertThat(passes.admits(Optional.empty())).isTrue();
    passes.require();
    assertThat(passes.admits(Optional.empty())).isFalse();
    assertThat(passes.admits(Optional.of("forged"))).isFalse();
  }

  @Test
  void aPassSaysForWhomTheRequestIsMade() {
    passes.require();
    try (EdgePasses.Pass pass = passes.issue(ALICE)) {
      assertThat(passes.admits(Optional.of(pass.text()))).isTrue();
      assertThat(identity(pass.text())).isEqualTo(ALICE);
    }
    assertThat(identity("forged")).isEqualTo(Identity.ANONYMOUS);
    assertThat(passes.identity(Headers.empty())).isEqualTo(Identity.ANONYMOUS);
  }

  @Test
  void aPassIsGoodForOneRequestAlone() {
    passes.require();
    EdgePasses.Pass pass = passes.issue(ALICE);
    pass.close();
    assertThat(passes.admits(Optional.of(pass.text()))).isFalse();
    assertThat(identity(pass.text())).isEqualTo(Identity.ANONYMOUS);
  }

  @Test
  void aLogInIsToldToWhoeverHasThePassAndToNobodyWithout() {
    try (EdgePasses.Pass pass = passes.issue(Identity.ANONYMOUS)) {
      passes.loggedIn(Optional.empty(), ALICE);
      passes.loggedIn(Optional.of("forged"), ALICE);
      assertThat(pass.login()).isEmpty();
      passes.loggedIn(Optional.of(pass.text()), ALICE);
      assertThat(pass.login()).contains(ALICE);
    }
  }

  @Test
  void noTwoPassesAreTheSame() {
    try (EdgePasses.Pass first = passes.issue(ALICE);
        EdgePasses.Pass second = passes.issue(ALICE)) {
      assertThat(first.text()).hasSize(48).isNotEqualTo(second.text());
    }
  }
}
