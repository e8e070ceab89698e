package io.sockerless.backend.memory.utility.jq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values begin and end in what jq reads; filters are in the transcripts. */
class JqTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void programs() {
    TextUtilities.programs().forEach(sandbox::with);
  }

  private String jq(String input, String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = "jq";
    command[1] = "-c";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return sandbox.withInput(input).run(command).output();
  }

  @Test
  void anArrayIsOneInput() {
    assertThat(jq("[3,1,2]", "sort")).isEqualTo("[1,2,3]\n");
    assertThat(jq("[1]\n[2]", "length")).isEqualTo("1\n1\n");
    assertThat(jq("[{\"a\":1},{\"a\":2}]", ".[].a")).isEqualTo("1\n2\n");
  }

  @Test
  void slurpedArraysStayArrays() {
    assertThat(jq("[1] 2 [[]]", "-s", ".")).isEqualTo("[[1],2,[[]]]\n");
    assertThat(jq("[1] 2", "-n", "[inputs]")).isEqualTo("[[1],2]\n");
    sandbox.withFile("values", "[1]\n2\n");
    assertThat(jq("", "-n", "--slurpfile", "x", "values", "$x")).isEqualTo("[[1],2]\n");
  }

  @Test
  void anArrayThatIsCutShortIsAnError() {
    Sandbox.Result result = sandbox.withInput("[1,2").run("jq", ".");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errors()).startsWith("parse error: ").contains(" at line 1, column ");
  }

  @Test
  void streamedInputsMayBeSlurped() {
    assertThat(jq("[1,[]] {}", "--stream", ".")).isEqualTo("[[0],1]\n[[1],[]]\n[[1]]\n[[],{}]\n");
    assertThat(jq("{\"a\":1}", "-s", "--stream", ".")).isEqualTo("[[[\"a\"],1],[[\"a\"]]]\n");
  }

  @Test
  void linesAreCountedAsTheyAreNeeded() {
    assertThat(jq("1\n2\n\n3", "input_line_number")).isEqualTo("1\n2\n3\n");
    assertThat(jq("[1,\n2]\n3\n", "[., input_line_number]")).isEqualTo("[[1,2],2]\n[3,3]\n");
    assertThat(jq("1\n2\n", "[inputs] | input_line_number")).isEqualTo("2\n");
    assertThat(jq("a\nb", "-R", "input_line_number")).isEqualTo("1\n1\n");
    assertThat(sandbox.withInput("1\n2\n").run("jq", ".a").errors())
        .isEqualTo(
            "jq: error (at <stdin>:1): Cannot index number with \"a\"\n"
                + "jq: error (at <stdin>:2): Cannot index number with \"a\"\n");
  }

  /** Each line was compared with Debian's jq 1.6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "$__loc__ | {\"file\":\"<top-level>\",\"line\":1}",
        "{a:$__loc__} | {\"a\":{\"file\":\"<top-level>\",\"line\":1}}",
        "\"$__loc__ \\($__loc__.line)\" | \"$__loc__ 1\"",
        "100000000000000000000 | 1e+20",
        "9007199254740993 | 9007199254740992",
        "0.00001 | 1e-05",
        "0.0001 | 0.0001",
        "-5%3 | -2",
        "input_filename | \"<stdin>\"",
      })
  void filtersAnswerAsDebiansJqDoes(String filter, String output) {
    assertThat(jq("null", filter)).isEqualTo(output + "\n");
  }

  @Test
  void aSortedListIsSearched() {
    assertThat(jq("[1,3,5]", "[bsearch(3,4,0,5)]")).isEqualTo("[1,-3,-1,2]\n");
    assertThat(jq("[]", "bsearch(1)")).isEqualTo("-1\n");
  }

  @Test
  void codePointsMakeAText() {
    assertThat(jq("[128512,97]", "implode")).isEqualTo("\"\ud83d\ude00a\"\n");
  }

  @Test
  void numbersAreReadAsTheyAreWritten() {
    assertThat(jq("01 1. .5 NaN", ".")).isEqualTo("1\n1\n0.5\nnull\n");
  }

  @Test
  void withoutAFilterAllIsPrinted() {
    assertThat(jq("[1]")).isEqualTo("[1]\n");
  }

  @Test
  void aConditionNeedsNoElse() {
    assertThat(jq("1 2", "if . > 1 then 9 end")).isEqualTo("1\n9\n");
    assertThat(jq("1 2 3", "if . > 2 then 9 elif . > 1 then if . == 2 then 5 end end"))
        .isEqualTo("1\n5\n9\n");
    assertThat(jq("1", "\"\\(if . > 1 then 9 end)\"")).isEqualTo("\"1\"\n");
    assertThat(
            jq("{\"if\":1,\"end\":2}", "{if: .end, else: .if} | if .else == 1 then .if else 3 end"))
        .isEqualTo("2\n");
  }

  @Test
  void functionsOfLaterReleasesAreThere() {
    assertThat(jq("{\"a\":{\"b\":1,\"c\":2}}", "pick(.a.b)")).isEqualTo("{\"a\":{\"b\":1}}\n");
    assertThat(jq("\" x \"", "trim, ltrim, rtrim")).isEqualTo("\"x\"\n\"x \"\n\" x\"\n");
    assertThat(jq("[-1,[2]]", ".[0] | abs", "-")).isEqualTo("1\n");
    assertThat(jq("[-1,[2]]", "map(toarray)")).isEqualTo("[[-1],[2]]\n");
    assertThat(jq("[1,2,3]", "[skip(1; .[])], add(.[] * 2)")).isEqualTo("[2,3]\n12\n");
    assertThat(jq("10", "significand, logb")).isEqualTo("1.25\n3\n");
    assertThat(jq("1425599621", "gmtime | todate")).isEqualTo("\"2015-03-05T23:53:41Z\"\n");
    assertThat(jq("[1,\"a\"]", "--raw-output0", ".[]")).isEqualTo("1\0a\0");
  }

  @Test
  void theLastInputSaysWhetherAllWentWell() {
    assertThat(sandbox.withInput("1 {}").run("jq", ".a").code()).isZero();
    assertThat(sandbox.withInput("{} 1").run("jq", ".a").code()).isEqualTo(5);
  }
}
