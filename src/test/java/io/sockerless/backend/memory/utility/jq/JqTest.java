package io.sockerless.backend.memory.utility.jq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
  }

  @Test
  void streamedInputsMayBeSlurped() {
    assertThat(jq("[1,[]] {}", "--stream", ".")).isEqualTo("[[0],1]\n[[1],[]]\n[[1]]\n[[],{}]\n");
    assertThat(jq("{\"a\":1}", "-s", "--stream", ".")).isEqualTo("[[[\"a\"],1],[[\"a\"]]]\n");
  }
}
