package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "abc abc true",
        "abc abd false",
        "* abc true",
        "a*c abbbc true",
        "a*c abbb false",
        "a?c abc true",
        "a?c ac false",
        "[a-c]x bx true",
        "[!a-c]x bx false",
        "[^a-c]x dx true",
        "[]a] ] true",
        "[]a]b ab true",
        "[a [a true",
        "[[:digit:]]* 1x true",
        "[[:alpha:]] 1 false",
        "\\* * true",
        "\\* a false",
        "[\\]] ] true",
        "[a\\-c] b false",
        "*.txt a.txt true",
        "*a*b*c xxaxxbxxc true",
        "*a*b*c xxaxxbxx false",
        "[a-] - true",
        "[[.a.]b] a true",
        "a** a true",
        "[!]] ] false"
      })
  void aTextMatchesAsAWhole(String pattern, String text, boolean matches) {
    assertThat(Pattern.of(pattern).matches(text)).isEqualTo(matches);
  }

  @Property
  void aQuotedTextMatchesItself(@ForAll String text) {
    assertThat(Pattern.of(Pattern.quote(text)).matches(text)).isTrue();
  }

  @Property
  void theLongestPrefixIsTheLongestThatMatches(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 8) String text,
      @ForAll("patterns") String pattern) {
    Pattern compiled = Pattern.of(pattern);
    int longest = -1;
    int shortest = -1;
    for (int length = 0; length <= text.length(); length++) {
      if (compiled.matches(text.substring(0, length))) {
        longest = length;
        shortest = shortest < 0 ? length : shortest;
      }
    }

    assertThat(compiled.longestPrefix(text)).isEqualTo(longest);
    assertThat(compiled.shortestPrefix(text)).isEqualTo(shortest);
  }

  @Property
  void theLongestSuffixIsTheLongestThatMatches(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 8) String text,
      @ForAll("patterns") String pattern) {
    Pattern compiled = Pattern.of(pattern);
    int longest = -1;
    int shortest = -1;
    for (int length = 0; length <= text.length(); length++) {
      if (compiled.matches(text.substring(text.length() - length))) {
        longest = length;
        shortest = shortest < 0 ? length : shortest;
      }
    }

    assertThat(compiled.longestSuffix(text)).isEqualTo(longest);
    assertThat(compiled.shortestSuffix(text)).isEqualTo(shortest);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars('a', 'b', '*', '?').ofMaxLength(6);
  }

  @Test
  void manyStarsAreNoTrap() {
    String pattern = "*a".repeat(50) + "b";

    assertThat(Pattern.of(pattern).matches("a".repeat(20_000))).isFalse();
  }

  @Test
  void aCharacterBeyondTheBasicPlaneIsOne() {
    assertThat(Pattern.of("?").matches("\ud83d\ude00")).isTrue();
    assertThat(Pattern.of("?").shortestSuffix("a\ud83d\ude00")).isEqualTo(2);
  }

  @Test
  void aByteThatIsNoTextIsOneCharacter() {
    assertThat(Pattern.of("?").matches("\udcff")).isTrue();
  }
}
