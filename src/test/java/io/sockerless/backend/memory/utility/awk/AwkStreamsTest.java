package io.sockerless.backend.memory.utility.awk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that awk opens and starts is the sandbox's. */
class AwkStreamsTest {

  /** A shell that knows commands of plain words alone. */
  private static Sandbox sandbox() {
    Sandbox sandbox =
        new Sandbox()
            .with(
                "sh", task -> Commands.execute(task, List.of(task.arguments().get(2).split(" "))));
    TextUtilities.programs().forEach(sandbox::with);
    return sandbox;
  }

  @Test
  void aCommandsOutputIsRead() {
    Sandbox.Result result =
        sandbox()
            .withFile("f", "b\na\n")
            .run(
                "awk",
                "BEGIN{while ((\"sort f\" | getline x) > 0) print \"got\", x; print close(\"sort f\")}");

    assertThat(result.output()).isEqualTo("got a\ngot b\n0\n");
  }

  @Test
  void aCommandGetsWhatIsPrinted() {
    Sandbox.Result result =
        sandbox()
            .run(
                "awk",
                "BEGIN{print \"b\" | \"sort\"; print \"a\" | \"sort\"; close(\"sort\"); print \"end\"}");

    assertThat(result.output()).isEqualTo("a\nb\nend\n");
  }

  @Test
  void systemTellsTheExitCode() {
    assertThat(sandbox().run("awk", "BEGIN{print \"first\"; print system(\"false\")}").output())
        .isEqualTo("first\n1\n");
  }

  @Test
  void filesOfTheHostAreNeitherReadNorWritten(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "host\n");
    Path target = folder.resolve("target");

    Sandbox.Result result =
        sandbox()
            .run(
                "awk",
                "BEGIN{print (getline x < \"" + secret + "\"); print \"x\" > \"" + target + "\"}");

    assertThat(result.output()).isEqualTo("-1\n");
    assertThat(result.code()).isEqualTo(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void programsOfTheHostAreNotStarted(@TempDir Path folder) {
    Path target = folder.resolve("made");

    Sandbox.Result result = sandbox().run("awk", "BEGIN{print system(\"mkdir " + target + "\")}");

    assertThat(result.output()).isEqualTo("127\n");
    assertThat(target).doesNotExist();
  }

  @Test
  void theEnvironmentIsTheTasks() {
    Sandbox.Result result =
        sandbox()
            .withEnvironment("OWN", "1")
            .run("awk", "BEGIN{print ENVIRON[\"OWN\"], (\"HOME\" in ENVIRON)}");

    assertThat(result.output()).isEqualTo("1 0\n");
  }
}
