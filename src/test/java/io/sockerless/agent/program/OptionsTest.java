package io.sockerless.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  private static final List<String> ENVIRONMENT =
      List.of("A=b", "SOCKERLESS_AGENT_TOKEN=secret", "SOCKERLESS_CONTAINER_ID=c1");

  @Test
  void whatFollowsTwoDashesIsTheCommand() {
    Options options =
        Options.parse(
            List.of("--callback", "ws://server", "--keep-alive", "--", "sh", "--addr", "x"),
            ENVIRONMENT);

    assertThat(options.callback()).contains("ws://server");
    assertThat(options.keepAlive()).isTrue();
    assertThat(options.command()).containsExactly("sh", "--addr", "x");
    assertThat(options.container()).isEqualTo("c1");
  }

  @Test
  void theCommandDoesNotGetTheToken() {
    Options options = Options.parse(List.of("--addr", ":9111", "--", "sh"), ENVIRONMENT);

    assertThat(options.token()).isEqualTo("secret");
    assertThat(options.environment()).containsExactly("A=b", "SOCKERLESS_CONTAINER_ID=c1");
  }

  @Test
  void theEnvironmentSaysWhomToCallWhereNoOptionDoes() {
    List<String> environment = List.of("SOCKERLESS_AGENT_CALLBACK_URL=ws://there");

    assertThat(Options.parse(List.of("--", "sh"), environment).callback()).contains("ws://there");
  }

  @Test
  void theEnvironmentSaysWhomToTrustWhereNoOptionDoes() {
    List<String> environment = List.of("SOCKERLESS_AGENT_CA=/environment");

    assertThat(Options.parse(List.of("--addr", ":1"), environment).authorities())
        .contains("/environment");
    assertThat(Options.parse(List.of("--addr", ":1", "--ca", "/option"), environment).authorities())
        .contains("/option");
  }

  @Test
  void whoNeitherCallsNorWaitsIsAtFault() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--", "sh"), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Options.parse(List.of("--addr", ":1", "--callback", "ws://x", "--", "sh"), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--callback"), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--nonsense", "--", "sh"), List.of()));
  }

  @Test
  void whatCanNeverLeadToAServerIsRefusedAtOnce() {
    List<String> whole = List.of("SOCKERLESS_AGENT_TOKEN=t", "SOCKERLESS_CONTAINER_ID=c");
    List<String> call = List.of("--callback", "ws://server:1/x", "--", "sh");

    assertThat(Options.parse(call, whole).checked().token()).isEqualTo("t");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(call, List.of("SOCKERLESS_CONTAINER_ID=c")).checked())
        .withMessage("SOCKERLESS_AGENT_TOKEN is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(call, List.of("SOCKERLESS_AGENT_TOKEN=t")).checked())
        .withMessage("SOCKERLESS_CONTAINER_ID is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Options.parse(List.of("--addr", ":1"), List.of("SOCKERLESS_AGENT_TOKEN= ")).checked())
        .withMessage("SOCKERLESS_AGENT_TOKEN is no token");
    for (String address : List.of("nonsense", "http://server", "ws:///x", "ws://a b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Options.parse(List.of("--callback", address), whole).checked());
    }
    for (String address : List.of("nonsense", "9111", "host:", ":port", ":65536", ":-1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Options.parse(List.of("--addr", address), whole).checked())
          .withMessage("--addr " + address + ": [HOST]:PORT is needed");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--addr", ":1", "--tls"), whole).checked())
        .withMessage("--tls needs a key: -Djavax.net.ssl.keyStore is not there");
    assertThat(Options.parse(List.of("--addr", "[::1]:65535"), whole).checked().listen())
        .contains("[::1]:65535");
  }
}
