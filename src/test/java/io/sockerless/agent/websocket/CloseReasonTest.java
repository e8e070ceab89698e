package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {

  private static byte[] payload(int code, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] payload = new byte[2 + encoded.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(encoded, 0, payload, 2, encoded.length);
    return payload;
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4404, 4999})
  void codesThatMayBeSentAreReadAndWritten(int code) throws ProtocolFault {
    CloseReason reason = new CloseReason(code, "done – so");

    assertThat(CloseReason.parse(reason.payload())).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
  void codesThatMayNotBeSentAreProtocolErrors(int code) {
    assertThatThrownBy(() -> CloseReason.parse(payload(code, "")))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1002));
  }

  @Test
  void halfACodeIsAProtocolError() {
    assertThatThrownBy(() -> CloseReason.parse(new byte[] {3}))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1002));
  }

  @Test
  void aReasonThatIsNoUtf8IsAFault() {
    assertThatThrownBy(() -> CloseReason.parse(payload(1000, "\u00ff")))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1007));
  }

  @Test
  void noCodeStandsForNoPayload() throws ProtocolFault {
    assertThat(CloseReason.parse(new byte[0])).isEqualTo(new CloseReason(1005, ""));
    assertThat(new CloseReason(1005, "").payload()).isEmpty();
  }

  @Test
  void aLongReasonIsCutBetweenCharacters() throws ProtocolFault {
    byte[] payload = new CloseReason(1000, "x".repeat(122) + "€€").payload();

    assertThat(CloseReason.parse(payload).text()).isEqualTo("x".repeat(122));
  }
}
