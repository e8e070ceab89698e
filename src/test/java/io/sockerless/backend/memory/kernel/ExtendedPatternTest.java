package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Groups match what regular expressions of the same meaning do. */
class ExtendedPatternTest {

  /** A pattern, and the same as a regular expression. */
  private record Case(String pattern, String regex) {}

  @Provide
  Arbitrary<Case> cases() {
    return cases(2);
  }

  private static Arbitrary<Case> cases(int depth) {
    Arbitrary<Case> one =
        Arbitraries.of(
            new Case("a", "a"),
            new Case("b", "b"),
            new Case("?", "."),
            new Case("*", ".*"),
            new Case("[ab]", "[ab]"));
    Arbitrary<Case> part =
        depth == 0
            ? one
            : Arbitraries.oneOf(
                one,
                cases(depth - 1)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .flatMap(alternatives ->
                        Arbitraries.of('?', '*', '+', '@').map(kind -> group(kind, alternatives))));
    return part.list()
        .ofMaxSize(3)
        .map(parts ->
            new Case(
                String.join("", parts.stream().map(Case::pattern).toList()),
                String.join("", parts.stream().map(Case::regex).toList())));
  }

  private static Case group(char kind, List<Case> alternatives) {
    String pattern = String.join("|", alternatives.stream().map(Case::pattern).toList());
    String regex = String.join("|", alternatives.stream().map(Case::regex).toList());
    return new Case(kind + "(" + pattern + ")", "(?:" + regex + ")" + (kind == '@' ? "" : kind));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(7);
  }

  @Property(tries = 500)
  void groupsMatchWhatRegularExpressionsDo(
      @ForAll("cases") Case both, @ForAll("texts") String text) {
    var regex = java.util.regex.Pattern.compile(both.regex());
    Pattern pattern = Pattern.extended(both.pattern());
    assertThat(pattern.matches(text)).as("%s %s", both, text).isEqualTo(matches(regex, text));

    int shortest = -1;
    int longest = -1;
    int shortestEnd = -1;
    int longestEnd = -1;
    for (int length = 0; length <= text.length(); length++) {
      if (matches(regex, text.substring(0, length))) {
        shortest = shortest < 0 ? length : shortest;
        longest = length;
      }
      if (matches(regex, text.substring(text.length() - length))) {
        shortestEnd = shortestEnd < 0 ? length : shortestEnd;
        longestEnd = length;
      }
    }
    assertThat(pattern.shortestPrefix(text)).isEqualTo(shortest);
    assertThat(pattern.longestPrefix(text)).isEqualTo(longest);
    assertThat(pattern.shortestSuffix(text)).isEqualTo(shortestEnd);
    assertThat(pattern.longestSuffix(text)).isEqualTo(longestEnd);
  }

  private static boolean matches(java.util.regex.Pattern regex, String text) {
    return regex.matcher(text).matches();
  }

  @Example
  void aNegatedGroupMatchesAllElse() {
    Pattern pattern = Pattern.extended("!(a|b*)c");
    assertThat(pattern.matches("c")).isTrue();
    assertThat(pattern.matches("aac")).isTrue();
    assertThat(pattern.matches("ac")).isFalse();
    assertThat(pattern.matches("bxc")).isFalse();
  }

  @Example
  void whatIsEscapedOrNotClosedIsNoGroup() {
    assertThat(Pattern.extended("@\\(a)").matches("@(a)")).isTrue();
    assertThat(Pattern.extended("+(a").matches("+(a")).isTrue();
    assertThat(Pattern.extended("@([)]|b)").matches(")")).isTrue();
  }

  @Example
  void groupsInGroupsTakeNoTimeForLongTexts() {
    Pattern pattern = Pattern.extended("+(+(+(a|aa)|b))c");
    assertThat(pattern.matches("a".repeat(2_000))).isFalse();
  }
}
