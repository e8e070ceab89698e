package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTest {

  private static final Identity ALICE = new Identity("alice", Set.of("developers"));

  @Test
  void nobodyIsKnownByDefault() {
    assertThat(Call.of(Query.none()).identity()).isEqualTo(Identity.ANONYMOUS);
  }

  @Test
  void aChangedCallIsMadeForTheSameIdentity() {
    Call call = Call.of(Query.none()).with(ALICE);

    assertThat(call.with(Query.none().and("all", "1")).identity()).isEqualTo(ALICE);
    assertThat(call.with(Body.none()).identity()).isEqualTo(ALICE);
    assertThat(call.with(new Cancellation()).identity()).isEqualTo(ALICE);
    assertThat(call.withHeader("X-Request-Id", "1").identity()).isEqualTo(ALICE);
    assertThat(call.follow(Query.none()).identity()).isEqualTo(ALICE);
  }

  @Test
  void aClientThatIsCalledLikeTheServerIsNotTheServer() {
    assertThat(Identity.SERVER.isServer()).isTrue();
    assertThat(Identity.of(Identity.SERVER.name()).isServer()).isFalse();
  }

  @Test
  void aNameThatWouldBreakALogIsRefused() {
    assertThatThrownBy(() -> Identity.of("a\nb")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Identity.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Identity.of("x".repeat(Identity.MAX_LENGTH + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
