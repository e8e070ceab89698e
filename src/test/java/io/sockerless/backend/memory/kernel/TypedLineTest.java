package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypedLineTest {

  private static final String ERASED = "\b \b";

  private final TypedLine line = new TypedLine();

  /** Types keys, and tells what is shown of the last one. */
  private String shown(String keys) {
    String shown = "";
    for (byte key : keys.getBytes(StandardCharsets.UTF_8)) {
      shown = text(line.type(key & 0xff).shown());
    }
    return shown;
  }

  private Optional<String> finished(int key) {
    return line.type(key).finished().map(TypedLineTest::text);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void nothingIsFinishedBeforeTheNewline() {
    assertThat(finished('a')).isEmpty();
    assertThat(finished('\n')).contains("a\n");
    assertThat(line.isEmpty()).isTrue();
  }

  @Test
  void aCharacterOfSeveralBytesIsErasedFromOneColumn() {
    assertThat(shown("aä\177")).isEqualTo(ERASED);
    assertThat(text(line.take())).isEqualTo("a");
  }

  @Test
  void aControlCharacterIsErasedFromBothItsColumns() {
    assertThat(shown("\1")).isEqualTo("^A");
    assertThat(shown("\b")).isEqualTo(ERASED + ERASED);
  }

  @Test
  void erasingAnEmptyLineShowsNothing() {
    assertThat(shown("\177")).isEmpty();
  }

  @Test
  void aWordIsErasedWithTheSpacesBehindIt() {
    assertThat(shown("one two  \27")).isEqualTo(ERASED.repeat(5));
    assertThat(text(line.take())).isEqualTo("one ");
  }

  @Test
  void aFullLineRingsAndTakesNoMore() {
    assertThat(shown("x".repeat(4_096))).isEqualTo("\7");
    assertThat(line.take()).hasSize(4_095);
  }

  @Test
  void aClearedLineIsEmpty() {
    shown("abc");
    line.clear();
    assertThat(line.isEmpty()).isTrue();
  }
}
