package io.sockerless.backend.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "t", "T", "true", "TRUE", "True"})
  void sixSpellingsAreTrue(String text) {
    assertThat(GoValues.truth(text)).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "f", "F", "false", "FALSE", "False"})
  void sixSpellingsAreFalse(String text) {
    assertThat(GoValues.truth(text)).contains(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "tRUE", " true", "2"})
  void anotherTextIsNeither(String text) {
    assertThat(GoValues.truth(text)).isEmpty();
  }

  @Test
  void whatIsNoNumberOfCharactersIsRefusedInGosWords() {
    assertThat(GoValues.characters("80")).isEqualTo(80);
    assertThatThrownBy(() -> GoValues.characters("x"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("strconv.ParseUint: parsing \"x\": invalid syntax");
  }
}
