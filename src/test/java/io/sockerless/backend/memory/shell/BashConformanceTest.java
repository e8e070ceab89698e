package io.sockerless.backend.memory.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockerless.backend.memory.shell.ReferenceShell.Outcome;
import io.sockerless.backend.memory.support.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs scripts for bash in our shell by that name and in Debian's bash, and compares the two. */
class BashConformanceTest {

  @BeforeAll
  static void requireReference() {
    if (!ReferenceShell.BASH.isInstalled()) {
      if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
        fail("no bash to compare with");
      }
      Assumptions.abort("no bash to compare with");
    }
  }

  @TestFactory
  Stream<DynamicTest> scriptsDoWhatTheyDoElsewhere() {
    return ShellCase.read("bash").stream().map(it -> dynamicTest(it.title(), () -> compare(it)));
  }

  private static void compare(ShellCase shellCase) {
    Sandbox sandbox = ShellSandbox.create().withInput(shellCase.input()).asChild();
    String[] words =
        Stream.concat(Stream.of("bash"), shellCase.arguments().stream()).toArray(String[]::new);
    Sandbox.Result result = sandbox.run(words);
    Outcome ours =
        new Outcome(
            result.output(),
            result.code(),
            !result.errors().isEmpty(),
            Optional.of(result.errors()));
    Outcome theirs = ReferenceShell.BASH.run(shellCase);
    assertThat(List.of(ours.output(), ours.code()))
        .as("%s%nours: %s%nbash: %s", shellCase.script(), ours.describe(), theirs.describe())
        .isEqualTo(List.of(theirs.output(), theirs.code()));
  }
}
