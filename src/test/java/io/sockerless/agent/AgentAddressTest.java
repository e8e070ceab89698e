package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAddressTest {

  @ParameterizedTest
  @CsvSource({
    "machine:9111,           ws://machine:9111/ws",
    "10.0.0.1:9111,          ws://10.0.0.1:9111/ws",
    "[::1]:9111,             ws://[::1]:9111/ws",
    "ws://machine,           ws://machine/ws",
    "wss://machine:1,        wss://machine:1/ws",
    "wss://machine/a/b?c=d,  wss://machine/a/b?c=d",
  })
  void anAddressIsAHostAndAPortOrAUrl(String text, String uri) {
    assertThat(AgentAddress.parse(text)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "machine",
        ":9111",
        "machine:",
        "machine:0",
        "machine:65536",
        "machine:99999999999",
        "not an address",
        "machine:9111/ws",
        "http://machine:9111",
        "ws://",
        "ws://user@machine:9111",
        "ws://machine:70000/ws",
      })
  void whatIsNoneIsRefusedInWordsThatNameIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentAddress.parse(text))
        .withMessageStartingWith("\"" + text + "\" is no address of an agent");
  }
}
