package io.sockerless.policy.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileImagesTest {

  private static Set<String> images(String dockerfile) {
    return new DockerfileImages(dockerfile, Map.of()).find();
  }

  @Test
  void everyStageBeginsWithAnImageOrAnEarlierStage() {
    assertThat(
            images(
                """
                FROM --platform=linux/amd64 one:1 AS build
                RUN make
                FROM scratch AS empty
                FROM BUILD
                from three@sha256:00 as last
                """))
        .containsExactly("one:1", "three@sha256:00");
  }

  @Test
  void whatIsCopiedFromIsAnImageUnlessItIsAStage() {
    assertThat(
            images(
                """
                FROM one AS a
                COPY --from=a /x /x
                COPY --from=0 /x /x
                COPY --chown=1 --from=two /x /x
                ADD --"from"=three /x /x
                ONBUILD COPY --from='four' /x /x
                """))
        .containsExactly("one", "two", "three", "four");
  }

  @Test
  void variablesHaveTheValuesOfTheRequestOrElseOfTheFile() {
    String dockerfile = "ARG R=docker.io\nARG N\nARG T=${R}/x\nFROM $R/${N:-alpine}\nFROM $T\n";

    assertThat(images(dockerfile)).containsExactly("docker.io/alpine", "docker.io/x");
    assertThat(new DockerfileImages(dockerfile, Map.of("R", "evil.io", "N", "n")).find())
        .containsExactly("evil.io/n", "evil.io/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM a\nARG B=ok\nFROM ${B:-evil}",
        "FROM a\nARG B=ok\nFROM ev${B}il",
        "FROM $UNKNOWN",
        "ARG B=$B\nFROM $B",
        "ARG B=ok\nFROM ${B#o}evil",
        "ARG B=ok\nFROM a\nRUN <<X\nARG B=evil\nX\nFROM $B",
        "FROM --platform=\"a b\" evil"
      })
  void whatCannotBeToldIsRefused(String dockerfile) {
    assertThatThrownBy(() -> images(dockerfile))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("the policy cannot tell which image the Dockerfile means by");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F\\\nROM evil",
        "FR\\ \t\n\n  # comment \\\nOM \\\nevil",
        "\u00a0FROM evil",
        "\ufeffFROM evil",
        "FROM ev\\il",
        "FROM \"evil\"",
        "# escape=`\nFR`\nOM evil",
        "FROM a\nRUN <<'X\\'\nX\\\nFR\\\nOM evil",
        "FROM a\nRUN <<X\nFROM a AS evil\nX\nFROM evil",
        "FROM a\nRUN x \\\n\u00a0\nFROM a AS evil\nFROM evil",
        "FROM a\nRUN x \\\nFROM a AS evil\n\nFROM evil",
        "FROM a AS 1\nFROM evil",
        "          \t                                                              FR\\\nOM evil"
      })
  void noWayOfWritingHidesAnImage(String dockerfile) {
    assertThat(images(dockerfile)).contains("evil");
  }

  @Test
  void whatIsNoReferenceIsNoImage() {
    assertThat(images("FROM a\nRUN psql -c 'SELECT * \\\nFROM (SELECT 1)'\n")).containsExactly("a");
  }

  @Test
  void linesWithoutEndAreGivenUp() {
    assertThatThrownBy(() -> images("\\\n".repeat(500_000)))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageContaining("too many lines");
  }
}
