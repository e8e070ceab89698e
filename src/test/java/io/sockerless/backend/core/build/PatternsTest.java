package io.sockerless.backend.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

  @ParameterizedTest
  @CsvSource({
    "*.go, a.go, true",
    "*.go, d/a.go, false",
    "d/*, d/a, true",
    "?, ab, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "a[, a, false",
    "\\*, *, true",
    "\\*, a, false",
    "**/a, x/y/a, true",
    "**/a, a, true",
    "a/**, a/b/c, true",
    "*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
  })
  void aPatternMatchesWholePaths(String pattern, String path, boolean matches) {
    assertThat(Globs.matches(pattern, path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "d/keep, false",
    "d/x, true",
    "d/sub/keep, true",
    "deep/er/log, true",
    "Dockerfile, false"
  })
  void theLastRuleThatMatchesDecides(String path, boolean excluded) {
    IgnoreRules rules =
        IgnoreRules.parse("# comment\n/a\n d \n!d/keep\n\n**/log\nDockerfile\n!Docker*\n");
    assertThat(rules.excludes(path)).isEqualTo(excluded);
  }

  @ParameterizedTest
  @CsvSource({
    "755, 0644, false, 0755",
    "u=rwX, 0644, false, 0644",
    "'u=rwX,go=rX', 0600, true, 0755",
    "a+x, 0644, false, 0755",
    "go-rwx, 0777, false, 0700",
    "+t, 0755, true, 01755",
    "u+s, 0755, false, 04755"
  })
  void aModeIsOctalOrChanges(String text, String before, boolean folder, String after) {
    assertThat(new ModeChange(text).apply(Integer.parseInt(before, 8), folder))
        .isEqualTo(Integer.parseInt(after, 8));
  }

  @Test
  void whatIsNoModeIsRefused() {
    assertThatThrownBy(() -> new ModeChange("u=q"))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }
}
