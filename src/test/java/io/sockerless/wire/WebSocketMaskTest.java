package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WebSocketMaskTest {

  /** As RFC 6455, 5.3 defines it, octet by octet. */
  private static byte[] byDefinition(int key, byte[] payload) {
    byte[] octets = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(key).array();
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ octets[i % 4]);
    }
    return masked;
  }

  @Property
  void everyOctetIsMaskedAsDefined(
      @ForAll int key,
      @ForAll @Size(max = 100) byte[] payload,
      @ForAll @IntRange(max = 9) int from,
      @ForAll @IntRange(max = 9) int to) {
    byte[] source = new byte[from + payload.length];
    System.arraycopy(payload, 0, source, from, payload.length);
    byte[] target = new byte[to + payload.length + 1];

    WebSocketMask.apply(key, source, from, target, to, payload.length);

    byte[] expected = new byte[target.length];
    System.arraycopy(byDefinition(key, payload), 0, expected, to, payload.length);
    assertThat(target).isEqualTo(expected);
  }

  @Property
  void whatIsMaskedInPiecesIsMaskedAsAWhole(
      @ForAll int key,
      @ForAll @Size(max = 100) byte[] payload,
      @ForAll @IntRange(max = 100) int cut) {
    int first = Math.min(cut, payload.length);
    byte[] pieces = payload.clone();

    WebSocketMask.apply(key, pieces, 0, pieces, 0, first);
    int rest = WebSocketMask.advance(key, first);
    WebSocketMask.apply(rest, pieces, first, pieces, first, payload.length - first);

    assertThat(pieces).isEqualTo(byDefinition(key, payload));
  }

  @Property
  void toMaskTwiceChangesNothing(@ForAll int key, @ForAll @Size(max = 100) byte[] payload) {
    byte[] twice = payload.clone();

    WebSocketMask.apply(key, twice, 0, twice, 0, twice.length);
    WebSocketMask.apply(key, twice, 0, twice, 0, twice.length);

    assertThat(twice).isEqualTo(payload);
  }
}
