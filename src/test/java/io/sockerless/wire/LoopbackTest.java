package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"})
  void thisMachineIsKnownByNameAndAddress(String host) {
    assertThat(Loopback.is(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1.example", "localhost.example", "10.0.0.1", "null"})
  void anotherHostIsElsewhere(String host) {
    assertThat(Loopback.is(host)).isFalse();
  }
}
