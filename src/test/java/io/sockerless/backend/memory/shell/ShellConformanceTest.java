package io.sockerless.backend.memory.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sockerless.backend.memory.shell.ReferenceShell.Outcome;
import io.sockerless.backend.memory.support.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each script of the suite in our shell, in Debian's dash and in BusyBox' ash, and compares
 * what they print and how they end.
 */
class ShellConformanceTest {

  @BeforeAll
  static void requireReferences() {
    for (ReferenceShell shell : List.of(ReferenceShell.DASH, ReferenceShell.BUSYBOX)) {
      if (!shell.isInstalled()) {
        if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
          fail("no " + shell.name() + " to compare with");
        }
        Assumptions.abort("no " + shell.name() + " to compare with");
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> scriptsDoWhatTheyDoElsewhere() {
    return Stream.of(
            "commands",
            "expansion",
            "quoting",
            "splitting",
            "arithmetic",
            "patterns",
            "redirection",
            "functions",
            "builtins",
            "options",
            "traps",
            "jobs",
            "syntax",
            "extensions",
            "entrypoints")
        .flatMap(file ->
            ShellCase.read(file).stream()
                .map(it -> dynamicTest(file + ": " + it.title(), () -> compare(it))));
  }

  private static void compare(ShellCase shellCase) {
    Outcome ours = ours(shellCase);
    List<ReferenceShell> references = new ArrayList<>();
    for (ReferenceShell shell : List.of(ReferenceShell.DASH, ReferenceShell.BUSYBOX)) {
      if (shellCase.like().orElse(shell.name()).equals(shell.name())) {
        references.add(shell);
      }
    }
    for (ReferenceShell reference : references) {
      Outcome theirs = reference.run(shellCase);
      assertThat(ours.isLike(theirs))
          .as(
              "%s%nours: %s%n%s: %s",
              shellCase.script(), ours.describe(), reference.name(), theirs.describe())
          .isTrue();
    }
  }

  private static Outcome ours(ShellCase shellCase) {
    Sandbox sandbox = ShellSandbox.create().withInput(shellCase.input()).asChild();
    List<String> words = new ArrayList<>(List.of("sh"));
    words.addAll(shellCase.arguments());
    Sandbox.Result result = sandbox.run(words.toArray(new String[0]));
    return new Outcome(
        result.output(), result.code(), !result.errors().isEmpty(), Optional.of(result.errors()));
  }
}
