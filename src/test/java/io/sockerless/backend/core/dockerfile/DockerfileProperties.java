package io.sockerless.backend.core.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DockerfileProperties {

  private static final String KEYWORDS =
      "FROM x\nARG ENV LABEL COPY --from= ADD RUN <<E\nE CMD [\"\"] EXPOSE HEALTHCHECK ONBUILD";

  /** Text that is close to a Dockerfile. */
  @Provide
  Arbitrary<String> texts() {
    List<String> words = List.of(KEYWORDS.split("(?<=[ \n])"));
    return Arbitraries.oneOf(
            Arbitraries.of(words),
            Arbitraries.strings().withChars("$\\{}:-\"'`#=\n[], a<").ofMaxLength(6))
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    try {
      Dockerfile file = Dockerfile.parse(text);
      Expander expander = new Expander(file.escape(), Map.of("a", "$a b"));
      file.stages().stream()
          .flatMap(stage -> stage.instructions().stream())
          .forEach(instruction -> instruction.expanded(expander));
      assertThat(file.stages()).isNotEmpty();
    } catch (EngineException.InvalidParameter e) {
      assertThat(e.text()).isNotBlank();
    }
  }

  /** Values of anything but line breaks and zero bytes. */
  @Provide
  Arbitrary<Map<String, String>> variables() {
    return Arbitraries.maps(
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5),
            Arbitraries.strings().withChars("$\\{}:-\"'`#=[], aé<").ofMaxLength(12))
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property
  void whatIsQuotedComesBackAsItWas(@ForAll("variables") Map<String, String> variables) {
    String line =
        variables.entrySet().stream()
            .map(it ->
                it.getKey() + "=\"" + it.getValue().replaceAll("([\\\\\"$])", "\\\\$1") + "\"")
            .collect(Collectors.joining(" "));
    Instruction read =
        Dockerfile.parse("FROM x\nENV " + line).stages().getFirst().instructions().getFirst();
    Instruction expanded = read.expanded(new Expander('\\', Map.of()));
    assertThat(
            ((Instruction.Environment) expanded)
                .pairs().stream()
                    .collect(Collectors.toMap(Instruction.Pair::name, Instruction.Pair::value)))
        .isEqualTo(variables);
  }
}
