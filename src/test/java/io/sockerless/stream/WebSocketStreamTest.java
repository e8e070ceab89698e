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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
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

  @Test
  void aFrameThatIsNotMaskedIsRefused() {
    WebSocketDecoder decoder = new WebSocketDecoder((kind, last, payload) -> {});
    assertThatThrownBy(() -> decoder.write(new byte[] {(byte) 0x82, 1, 'x'}, 0, 3))
        .isInstanceOf(IOException.class)
        .hasMessage("a client's frame is not masked");
  }
}
