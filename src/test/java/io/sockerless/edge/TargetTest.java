package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.wire.ProtocolException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void thePathIsPutIntoOneFormAndTheQueryLeftAsItIs() throws ProtocolException {
    assertThat(Target.parse("/a%2Fb//c%41?x=%2f//../{\"a\"}?y"))
        .isEqualTo(new Target("/a/b/cA", "x=%2f//../{\"a\"}?y"));
    assertThat(Target.parse("/")).isEqualTo(new Target("/", ""));
    assertThat(Target.parse("/a?")).isEqualTo(new Target("/a", ""));
    assertThat(Target.parse("/a%5Cb")).isEqualTo(new Target("/a%255Cb", ""));
    assertThat(Target.parse("/%c3%a4%25%3f%23")).isEqualTo(new Target("/%C3%A4%25%3F%23", ""));
  }

  @Test
  void bytesBeyondAsciiAreEncodedAndNothingElseOfAQueryIs() throws ProtocolException {
    assertThat(Target.parse("/\u00c3\u00a9?a=%zz{\u00c3\u00a9+"))
        .isEqualTo(new Target("/%C3%A9", "a=%zz{%C3%A9+"));
  }

  @Test
  void anAbsoluteFormLosesItsAuthority() throws ProtocolException {
    assertThat(Target.parse("http://docker/a?b")).isEqualTo(new Target("/a", "b"));
    assertThat(Target.parse("http://docker")).isEqualTo(new Target("/", ""));
    assertThat(Target.parse("HTTP://[::1]:80/a")).isEqualTo(new Target("/a", ""));
  }

  @Property(tries = 500)
  void whateverIsAcceptedIsAcceptedAgainAndStaysTheSame(
      @ForAll @StringLength(max = 20) @CharRange(from = '!', to = '~') String text)
      throws ProtocolException {
    Target once;
    try {
      once = Target.parse("/" + text);
    } catch (ProtocolException e) {
      assertThat(e.status()).isEqualTo(400);
      return;
    }
    assertThat(once.path())
        .matches("/(?:[-._~!$&'()*+,=:@/A-Za-z0-9]|%[0-9A-F]{2})*")
        .doesNotContain("//");
    assertThat(once.path().split("/", -1)).doesNotContain(".", "..");
    if (!once.path().contains("%255C")) {
      assertThat(Target.parse(once.path()).path()).isEqualTo(once.path());
    }
  }

  @Property(tries = 200)
  void aDotSegmentIsRefusedInAnyDress(
      @ForAll boolean first, @ForAll boolean second, @ForAll boolean slash) {
    String dots = (first ? "." : "%2e") + (second ? "." : "%2E");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(
            () -> Target.parse("/images" + (slash ? "/" : "%2f") + dots + "/containers/json"));
  }
}
