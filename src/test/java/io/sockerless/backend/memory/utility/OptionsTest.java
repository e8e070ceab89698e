package io.sockerless.backend.memory.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class OptionsTest {

  private static Options parse(List<String> arguments, String letters, String... names)
      throws Failure {
    return Options.parse(arguments, 2, letters, names);
  }

  @Test
  void lettersMayStandTogetherAndTheLastOneTakesTheRest() throws Failure {
    Options options = parse(List.of("-abx", "y", "-c3"), "ab:c:");

    assertThat(options.has('a')).isTrue();
    assertThat(options.value('b')).contains("x");
    assertThat(options.value('c')).contains("3");
    assertThat(options.operands()).containsExactly("y");
  }

  @Test
  void anOptionalValueIsTheAttachedOneAlone() throws Failure {
    Options options = parse(List.of("-i", "file", "-i.bak"), "i::");

    assertThat(options.values("i")).containsExactly(".bak");
    assertThat(options.operands()).containsExactly("file");
  }

  @Test
  void aLongNameStandsForItsLetterAndMayBeShortened() throws Failure {
    Options options = parse(List.of("--lines=4", "--byt", "7"), "n:c:", "lines=n", "bytes=c");

    assertThat(options.number('n', 0)).isEqualTo(4);
    assertThat(options.number('c', 0)).isEqualTo(7);
  }

  @Test
  void nothingAfterTwoDashesIsAnOption() throws Failure {
    assertThat(parse(List.of("-a", "--", "-b"), "ab").operands()).containsExactly("-b");
  }

  @Test
  void withAPlusTheFirstOperandEndsTheOptions() throws Failure {
    assertThat(parse(List.of("x", "-a"), "+a").operands()).containsExactly("x", "-a");
  }

  @Test
  void whatIsUnknownIsToldInTheWordsOfGetopt() {
    assertThatThrownBy(() -> parse(List.of("-x"), "a"))
        .isInstanceOfSatisfying(Failure.class, it -> assertThat(it.code()).isEqualTo(2))
        .hasMessage("invalid option -- 'x'");
    assertThatThrownBy(() -> parse(List.of("--no"), "a", "yes=a"))
        .hasMessage("unrecognized option '--no'");
    assertThatThrownBy(() -> parse(List.of("-a"), "a:"))
        .hasMessage("option requires an argument -- 'a'");
    assertThatThrownBy(() -> parse(List.of("--yes=1"), "a", "yes=a"))
        .hasMessage("option '--yes' doesn't allow an argument");
  }

  @Property
  void aValueComesBackAsItWasHoweverItWasAttached(
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String value) throws Failure {
    assertThat(parse(List.of("-o" + value), "o:", "out=o").value('o')).contains(value);
    assertThat(parse(List.of("-o", value), "o:", "out=o").value('o')).contains(value);
    assertThat(parse(List.of("--out=" + value), "o:", "out=o").value('o')).contains(value);
  }
}
