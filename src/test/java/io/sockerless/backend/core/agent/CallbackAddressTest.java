package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackAddressTest {

  private static final String PATH = "/internal/v1/agent/connect";

  @Test
  void withoutSettingsAgentsCallWhereClientsDo() {
    assertThat(CallbackAddress.of(Settings.of())).isEqualTo("ws://127.0.0.1:2375" + PATH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix:///run/s.sock, tcp://127.0.0.1:1 ,tcp://127.0.0.1:2|ws://127.0.0.1:1",
        "tcp://0.0.0.0:1|ws://127.0.0.1:1",
        "tcp://[::]:1|ws://127.0.0.1:1",
        "tcp://[::1]:1|ws://[::1]:1",
        "tcp://machine.example:1|ws://machine.example:1",
        "tcp://127.0.0.1:0,tcp://127.0.0.1:2|ws://127.0.0.1:2",
      })
  void agentsCallTheFirstTcpAddressThatIsListenedAt(String listen, String callback) {
    assertThat(CallbackAddress.of(Settings.of("sockerless.listen", listen)))
        .isEqualTo(callback + PATH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///run/s.sock", "tcp://127.0.0.1:0", "what?", "tcp://a b:1"})
  void agentsCallTheServersOwnPortWhereNoOtherIsKnown(String listen) {
    assertThat(
            CallbackAddress.of(
                Settings.of("sockerless.listen", listen, "sockerless.http.port", "9081")))
        .isEqualTo("ws://127.0.0.1:9081" + PATH);
  }

  /** Whom they should trust there is for the setting to say, with the name of the certificate. */
  @Test
  void agentsCallTheServersOwnPortWhereTheOthersHaveTls() {
    assertThat(CallbackAddress.of(Settings.of("sockerless.tls.certificate", "/s.pem")))
        .isEqualTo("ws://127.0.0.1:9080" + PATH);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://server:1,ws://server:1/internal/v1/agent/connect",
    "https://server/,wss://server/internal/v1/agent/connect",
    "http://server,ws://server/internal/v1/agent/connect",
    "wss://server/elsewhere,wss://server/elsewhere",
  })
  void theSettingIsMadeAWebSocketsAddress(String given, String callback) {
    assertThat(CallbackAddress.of(Settings.of("sockerless.callback.url", given)))
        .isEqualTo(callback);
  }
}
