package io.sockerless.backend.memory.utility.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.regex.PosixRegex.Flag;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosixRegexTest {

  private static String first(String pattern, String text, Flag... flags) throws Exception {
    Optional<Match> match = PosixRegex.compile(pattern, Set.of(flags)).find(text);
    return match.map(it -> it.group(text, 0)).orElse("no match");
  }

  @ParameterizedTest
  @CsvSource({
    "'(a|ab)(c|bcd)(d*)', abcd, abcd",
    "'x|xy|xyz', wxyz, xyz",
    "'(a*)(ab)*(b*)', abb, abb",
    "'a?(ab)?', ab, ab",
    "'(foo|foobar)?bar', foobar, foobar",
    "'(week|wee)(night|knights)', weeknights, weeknights"
  })
  void theLongestOfTheLeftmostMatchesIsFound(String pattern, String text, String match)
      throws Exception {
    assertThat(first(pattern, text, Flag.EXTENDED)).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\{2,3\\}', aaaa, aaa",
    "'\\(ab\\)*c', ababc, ababc",
    "'*a', '*a', '*a'",
    "'a\\|b', b, b",
    "'\\(.\\)\\1', abccd, cc",
    "'^*a', '*a', '*a'",
    "'a^b', 'a^b', 'a^b'",
    "'[]a]*', ']a]', ']a]'",
    "'[[:digit:]]\\+', ab12, 12",
    "'\\<b', 'ab b', b",
    "'[^-]*', 'ab-', ab"
  })
  void basicExpressionsHaveTheirOperatorsBehindBackslashes(
      String pattern, String text, String match) throws Exception {
    assertThat(first(pattern, text)).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    "'(', 'Unmatched ( or \\('", "'[a', 'Unmatched [, [^, [:, [., or [='",
        "'a{2,1}', 'Invalid content of \\{\\}'",
    "'a\\', 'Trailing backslash'", "'(a)\\2', 'Invalid back reference'",
        "'[[:no:]]', 'Invalid character class name'",
    "'[z-a]', 'Invalid range end'", "'a{40000}', 'Regular expression too big'"
  })
  void whatIsNoExpressionIsRefusedInTheWordsOfTheCLibrary(String pattern, String message) {
    assertThatThrownBy(() -> PosixRegex.compile(pattern, Set.of(Flag.EXTENDED)))
        .isInstanceOf(InvalidRegexException.class)
        .hasMessage(message);
  }

  @Test
  void aCharacterIsOneDotAndABrokenOneIsABytePerDot() throws Exception {
    assertThat(first("^.$", "€")).isEqualTo("€");
    String broken = Text.decode(new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(first("^..$", broken)).isEqualTo(broken);
  }

  @Test
  void groupsTellWhereTheyMatchedInCharacters() throws Exception {
    PosixRegex regex = PosixRegex.compile("(é+)(x)?", Set.of(Flag.EXTENDED));

    Match match = regex.find("€éé").orElseThrow();

    assertThat(match.start(1)).isEqualTo(1);
    assertThat(match.end(1)).isEqualTo(3);
    assertThat(match.start(2)).isEqualTo(-1);
  }

  @Test
  void aLiteralPatternHasNoOperators() throws Exception {
    assertThat(first("a.[*é\\", "xa.[*é\\y", Flag.LITERAL)).isEqualTo("a.[*é\\");
  }

  @Test
  void eitherCaseMatchesIfAskedFor() throws Exception {
    assertThat(first("straße", "STRAßE", Flag.IGNORE_CASE)).isEqualTo("STRAßE");
  }

  @Property
  void whatHasNoAlternativesMatchesAsInJava(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 3) String letters)
      throws Exception {
    String pattern = letters + "*" + letters.charAt(0);
    Matcher expected = Pattern.compile(pattern).matcher(text);

    assertThat(first(pattern, text, Flag.EXTENDED))
        .isEqualTo(expected.find() ? expected.group() : "no match");
  }
}
