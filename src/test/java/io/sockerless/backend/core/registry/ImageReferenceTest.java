package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

  private static final String HEX = "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "alpine,docker.io/library/alpine:latest,alpine:latest",
    "alpine:3,docker.io/library/alpine:3,alpine:3",
    "docker.io/alpine,docker.io/library/alpine:latest,alpine:latest",
    "docker.io/library/alpine,docker.io/library/alpine:latest,alpine:latest",
    "index.docker.io/library/alpine,docker.io/library/alpine:latest,alpine:latest",
    "user/app,docker.io/user/app:latest,user/app:latest",
    "localhost/app,localhost/app:latest,localhost/app:latest",
    "localhost:5000/app,localhost:5000/app:latest,localhost:5000/app:latest",
    "localhost:5000,docker.io/library/localhost:5000,localhost:5000",
    "a.b/c/d__e-f:V_1.2,a.b/c/d__e-f:V_1.2,a.b/c/d__e-f:V_1.2",
    "[::1]:5000/app,[::1]:5000/app:latest,[::1]:5000/app:latest"
  })
  void aShortNameStandsForACompleteOne(String text, String complete, String familiar) {
    ImageReference reference = ImageReference.parse(text).withDefaultTag();
    assertThat(reference).hasToString(complete);
    assertThat(reference.familiar()).isEqualTo(familiar);
  }

  @Test
  void aDigestGoesBeforeATag() {
    ImageReference reference = ImageReference.parse("alpine:3@sha256:" + HEX);
    assertThat(reference.manifest()).isEqualTo("sha256:" + HEX);
    assertThat(reference.exact()).hasToString("docker.io/library/alpine@sha256:" + HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "a:",
        "a:b:c",
        "a@b",
        "a@sha256:12",
        "-a",
        "a//b",
        "a/",
        "/a",
        "a..b",
        "a:-b",
        "a b",
        "ä",
        "a_/b",
        "a:b/c@d",
        "x@sha256:zz",
        "..",
        "../a",
        "a/../b",
        "[::1/a"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageContaining("invalid reference format");
  }

  @Test
  void capitalsAreRefusedByName() {
    assertThatThrownBy(() -> ImageReference.parse("Alpine"))
        .hasMessage("invalid reference format: repository name (library/Alpine) must be lowercase");
  }

  @Test
  void anIdIsNoName() {
    assertThatThrownBy(() -> ImageReference.parse(HEX))
        .hasMessageContaining("cannot specify 64-byte hexadecimal strings");
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("references") String text) {
    ImageReference reference = ImageReference.parse(text);
    assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
    assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll @StringLength(max = 400) String text) {
    try {
      ImageReference reference = ImageReference.parse(text);
      assertThat(reference.path()).matches("[a-z0-9._/-]+").doesNotContain("..");
    } catch (EngineException.InvalidParameter e) {
      assertThat(e.text()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<String> references() {
    Arbitrary<String> component =
        Arbitraries.of("a", "0", "ab-c", "a.b", "a_b", "a__b", "a--b", "library");
    Arbitrary<String> domain =
        Arbitraries.of("", "docker.io/", "index.docker.io/", "localhost/", "h:5000/", "h.i:1/");
    Arbitrary<String> tag = Arbitraries.of("", ":latest", ":_x.Y-9");
    Arbitrary<String> digest = Arbitraries.of("", "@sha256:" + HEX);
    return Combinators.combine(domain, component.list().ofMinSize(1).ofMaxSize(4), tag, digest)
        .as((d, components, t, h) -> d + String.join("/", components) + t + h);
  }
}
