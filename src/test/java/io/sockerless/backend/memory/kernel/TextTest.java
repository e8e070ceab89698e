package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextTest {

  @Property
  void anyBytesComeBack(@ForAll @Size(max = 40) byte[] bytes) {
    assertThat(Text.encode(Text.decode(bytes))).isEqualTo(bytes);
  }

  @Property
  void bytesComeBackThoughTheyWereDecodedInPieces(
      @ForAll @Size(max = 20) byte[] first, @ForAll @Size(max = 20) byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    assertThat(Text.encode(Text.decode(first) + Text.decode(second))).isEqualTo(both);
  }

  @Property
  void validUtf8IsItself(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Text.decode(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void aByteThatIsNotUtf8IsALoneSurrogate() {
    assertThat(Text.decode(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\udcffb");
  }

  @Test
  void aReplacementCharacterOfTheInputStays() {
    String text = "\ufffd";

    assertThat(Text.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
  }

  @Test
  void anEncodedSurrogateIsThreeBytes() {
    byte[] bytes = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};

    assertThat(Text.decode(bytes)).isEqualTo("\udced\udca0\udc80");
  }
}
