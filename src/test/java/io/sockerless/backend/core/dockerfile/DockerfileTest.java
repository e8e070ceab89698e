package io.sockerless.backend.core.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

  private static List<Instruction> instructions(String text) {
    return Dockerfile.parse("FROM x\n" + text).stages().getFirst().instructions();
  }

  private static Instruction one(String text) {
    return instructions(text).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FOO x|unknown instruction: FOO",
        "FROM|FROM requires either one or three arguments",
        "FROM a AS 1x|invalid name for build stage: \"1x\", name can't start with a number or"
            + " contain symbols",
        "COPY a|COPY requires at least two arguments, but only one was provided. Destination could"
            + " not be determined",
        "COPY --foo=x a b|Unknown flag: foo",
        "COPY --from a b|Missing a value on flag: from",
        "COPY --from=a --from=b a b|Duplicate flag specified: from",
        "ENV =b|ENV names can not be blank",
        "HEALTHCHECK FOO x|Unknown type \"FOO\" in HEALTHCHECK (try CMD)",
        "HEALTHCHECK --retries=-1 CMD x|--retries must be at least 1 (not -1)",
        "HEALTHCHECK --interval=1us CMD x|Interval \"interval\" cannot be less than 1ms",
        "HEALTHCHECK --interval=abc CMD x|time: invalid duration \"abc\"",
        "HEALTHCHECK NONE x|HEALTHCHECK NONE takes no arguments",
        "SHELL x|SHELL requires the arguments to be in JSON form",
        "ONBUILD FROM x|FROM isn't allowed as an ONBUILD trigger",
        "VOLUME [\"\"]|VOLUME specified can not be an empty string",
        "WORKDIR|WORKDIR requires exactly one argument"
      })
  void whatMakesNoSenseIsToldWithItsLine(String line, String message) {
    assertThatThrownBy(() -> Dockerfile.parse("FROM x\n\n" + line))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("dockerfile parse error line 3: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENV A|ENV must have two arguments",
        "ENV A=b c|Syntax error - can't find = in \"c\". Must be of the form: name=value",
        "CMD [1]|when using JSON array syntax, arrays must be comprised of strings only",
        "RUN <<EOF|unterminated heredoc"
      })
  void whatCannotBeReadIsToldBeforeWhatMakesNoSense(String line, String message) {
    assertThatThrownBy(() -> Dockerfile.parse("FOO\n" + line))
        .hasMessage("failed to parse Dockerfile: " + message);
  }

  @Test
  void anInstructionNeedsAStage() {
    assertThatThrownBy(() -> Dockerfile.parse("RUN x"))
        .hasMessage("no build stage in current context");
  }

  @Test
  void aLineGoesOnBehindCommentsAndEmptyLines() {
    Dockerfile file = Dockerfile.parse("FROM x\nRUN a && \\\n # no\n\n  b \\\n  c");
    assertThat(file.stages().getFirst().instructions().getFirst().original())
        .isEqualTo("RUN a &&   b   c");
    assertThat(file.warnings()).hasSize(2);
  }

  @Test
  void theEscapeCharacterCanBeABacktick() {
    Dockerfile file = Dockerfile.parse("# syntax=x\n# escape=`\nFROM x\nRUN a `\nb\\");
    assertThat(file.stages().getFirst().instructions().getFirst().original())
        .isEqualTo("RUN a b\\");
  }

  @Test
  void aDocumentIsAFileOfACopyAndTheScriptOfARun() {
    List<Instruction> read =
        instructions("COPY <<A <<-\"B\" /d/\n$x\nA\n\tb\n\tB\nRUN <<EOF\necho\nEOF\nUSER u");
    assertThat(read).hasSize(3);
    assertThat(((Instruction.Copy) read.getFirst()).documents())
        .containsExactly(
            new HereDocument("A", true, false, "$x\n"), new HereDocument("B", false, true, "b\n"));
    assertThat(((Instruction.Run) read.get(1)).command().words()).containsExactly("echo\n");
  }

  @Test
  void optionsOfBuildKitAreKept() {
    assertThat(((Instruction.Run) one("RUN --mount=type=tmpfs,target=/x a")).foreign())
        .isEqualTo("mount");
  }

  @Test
  void theTargetEndsTheFile() {
    Dockerfile file = Dockerfile.parse("ARG a\nFROM x AS One\nRUN a\nFROM y");
    assertThat(file.steps()).isEqualTo(4);
    assertThat(file.upTo("ONE").orElseThrow().steps()).isEqualTo(3);
    assertThat(file.upTo("two")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$a|1",
        "${a}b|1b",
        "'$a'|$a",
        "\"$a x\"|1 x",
        "\\$a|$a",
        "\"\\$a\\n\"|$a\\n",
        "${none:-d}|d",
        "${e:-d}|d",
        "${e-d}|~~",
        "${a:+alt}|alt",
        "${none+alt}|~~",
        "${none:-${a}}|1",
        "${p#*/}|b/c.txt",
        "${p##*/}|c.txt",
        "${p%.*}|a/b/c",
        "${p%%/*}|a",
        "${p/b/X}|a/X/c.txt",
        "${p//[/]/-}|a/b/c.txt",
        "${p//\\//-}|a-b-c.txt",
        "a$|a$",
        "$|$"
      })
  void variablesAreReplacedAsAShellDoes(String text, String expected) {
    Expander expander = new Expander('\\', Map.of("a", "1", "e", "", "p", "a/b/c.txt"));
    assertThat(expander.word(text)).isEqualTo(expected);
  }

  @Test
  void aMissingVariableCanBeAnError() {
    assertThatThrownBy(() -> new Expander('\\', Map.of()).word("${x:?oops}"))
        .hasMessage("failed to process \"${x:?oops}\": x: oops");
  }

  @Test
  void anOpenQuoteIsAnError() {
    assertThatThrownBy(() -> new Expander('\\', Map.of()).word("\"b"))
        .hasMessage(
            "failed to process \"\\\"b\": unexpected end of statement while looking for matching"
                + " double-quote");
  }

  @Test
  void blanksOfAVariableCutPorts() {
    assertThat(new Expander('\\', Map.of("p", "80 81")).words("$p")).containsExactly("80", "81");
  }
}
