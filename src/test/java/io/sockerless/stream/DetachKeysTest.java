package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The keys that end a session. */
class DetachKeysTest {

  private static Optional<String> type(DetachKeys keys, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return keys.filter(bytes, 0, bytes.length)
        .map(passed -> new String(passed, StandardCharsets.ISO_8859_1));
  }

  @Test
  void theDefaultIsControlPThenControlQ() {
    assertThat(type(DetachKeys.parse(""), "a\u0010\u0011")).isEmpty();
    assertThat(type(DetachKeys.parse(""), "a\u0011\u0010b")).contains("a\u0011\u0010b");
  }

  @Test
  void whatMayBecomeTheSequenceIsHeldBack() {
    DetachKeys keys = DetachKeys.parse("a,a,b");
    assertThat(type(keys, "a")).contains("");
    assertThat(type(keys, "a")).contains("");
    assertThat(type(keys, "a")).contains("a");
    assertThat(type(keys, "b")).isEmpty();
  }

  @Test
  void specialKeysHaveTheirCodes() {
    assertThat(type(DetachKeys.parse("ctrl-@"), "\u0000")).isEmpty();
    assertThat(type(DetachKeys.parse("ctrl-["), "\u001b")).isEmpty();
    assertThat(type(DetachKeys.parse("ctrl-_"), "\u001f")).isEmpty();
  }

  @Test
  void aKeyThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> DetachKeys.parse("ctrl-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown character: 'ctrl-1'");
  }

  @Property
  void theSequenceIsFoundWhereverItIsHoweverItIsCut(
      @ForAll @CharRange(from = 'a', to = 'c') String text,
      @ForAll @IntRange(min = 1, max = 4) int piece) {
    DetachKeys keys = DetachKeys.parse("a,b,a");
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    boolean found = false;
    for (int i = 0; i < text.length() && !found; i += piece) {
      String part = text.substring(i, Math.min(text.length(), i + piece));
      byte[] bytes = part.getBytes(StandardCharsets.ISO_8859_1);
      Optional<byte[]> result = keys.filter(bytes, 0, bytes.length);
      found = result.isEmpty();
      result.ifPresent(passed::writeBytes);
    }
    assertThat(found).isEqualTo(text.contains("aba"));
    String seen = passed.toString(StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith(seen);
    if (!found) {
      assertThat(text.length() - seen.length()).isLessThan(3);
    }
  }
}
