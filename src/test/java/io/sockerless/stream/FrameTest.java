package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.stream.Frame.Channel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The frames in which two outputs share one stream. */
class FrameTest {

  @Property
  void whatIsWrittenIsReadAgain(@ForAll List<byte[]> payloads) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      stream.writeBytes(new Frame(Channel.STDERR, payload).encode());
    }
    ByteArrayInputStream input = new ByteArrayInputStream(stream.toByteArray());
    for (byte[] payload : payloads) {
      assertThat(Frame.read(input)).contains(new Frame(Channel.STDERR, payload));
    }
    assertThat(Frame.read(input)).isEmpty();
  }

  @Test
  void theHeaderIsTheChannelAndTheLengthBigEndian() {
    assertThat(new Frame(Channel.STDOUT, new byte[258]).encode())
        .startsWith(1, 0, 0, 0, 0, 0, 1, 2)
        .hasSize(266);
  }

  @Test
  void aFrameThatBreaksOffIsAnError() {
    byte[] whole = new Frame(Channel.STDOUT, new byte[3]).encode();
    for (int length = 1; length < whole.length; length++) {
      ByteArrayInputStream part = new ByteArrayInputStream(whole, 0, length);
      assertThatThrownBy(() -> Frame.read(part)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatHoldsNoFramesIsAnError() {
    byte[] text = "plain text".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(text)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no frame");
  }
}
