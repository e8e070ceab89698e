package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over WebSockets. */
class WebSocketStreamTest {

  @Test
  void theKeyIsAnsweredAsTheStandardsExampleHasIt() {
    assertThat(WebSocketStream.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void whoAsksForNoWebSocketIsRefused() {
    assertThatThrownBy(() -> WebSocketStream.key(Headers.empty()))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  private static byte[] masked(byte[] payload) {
    byte[] mask = {1, 2, 3, 4};
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) 0x82);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  @Property(tries = 100)
  void framesAreReadHoweverTheyAreCut(
      @ForAll @Size(max = 4) List<@Size(max = 300) byte[]> payloads,
      @ForAll @IntRange(min = 1, max = 50) int piece)
      throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    payloads.forEach(payload -> sent.writeBytes(masked(payload)));
    List<byte[]> seen = new ArrayList<>();
    WebSocketDecoder decoder = new WebSocketDecoder((kind, last, payload) -> seen.add(payload));
    byte[] bytes = sent.toByteArray();
    for (int i = 0; i < bytes.length; i += piece) {
      decoder.write(bytes, i, Math.min(piece, bytes.length - i));
    }
    assertThat(seen).hasSize(payloads.size());
    for (int i = 0; i < seen.size(); i++) {
      assertThat(seen.get(i)).isEqualTo(payloads.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 126, 65_535, 65_536, 1024 * 1024})
  void framesOfEveryLengthAreReadWhole(int length) throws IOException {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] bytes = masked(payload);
    List<byte[]> seen = new ArrayList<>();
    WebSocketDecoder decoder = new WebSocketDecoder((_, _, each) -> seen.add(each));

    for (int i = 0; i < bytes.length; i += 16_381) {
      decoder.write(bytes, i, Math.min(16_381, bytes.length - i));
    }

    assertThat(seen).containsExactly(payload);
  }

  @Test
  void aFrameThatIsTooLongIsRefusedByItsHead() {
    WebSocketDecoder decoder = new WebSocketDecoder((_, _, _) -> {});
    byte[] head = Arrays.copyOf(masked(new byte[1024 * 1024 + 1]), 14);

    assertThatThrownBy(() -> decoder.write(head, 0, head.length))
        .hasMessage("a frame of 1048577 bytes");
  }

  @Test
  void aFrameThatIsNotMaskedIsRefused() {
    WebSocketDecoder decoder = new WebSocketDecoder((kind, last, payload) -> {});
    assertThatThrownBy(() -> decoder.write(new byte[] {(byte) 0x82, 1, 'x'}, 0, 3))
        .isInstanceOf(IOException.class)
        .hasMessage("a client's frame is not masked");
  }
}
