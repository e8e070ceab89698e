package io.sockerless.backend.memory.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.support.Sandbox.Result;
import org.junit.jupiter.api.Test;

class SandboxTest {

  @Test
  void aProgramGetsInputAndArgumentsAndGivesOutputErrorsAndACode() {
    Sandbox sandbox = new Sandbox().withInput("in").withFile("a", "file\n");

    Result result =
        sandbox.run(
            task -> {
              task.print(task.arguments() + Text.decode(task.input().readAllBytes()));
              task.complain(task.files().directory() + " " + task.files().stat("a").size());
              return 3;
            },
            "name",
            "argument");

    assertThat(result.output()).isEqualTo("[name, argument]in");
    assertThat(result.errors()).isEqualTo("name: /work 5\n");
    assertThat(result.code()).isEqualTo(3);
  }

  @Test
  void aCommandIsFoundByItsName() {
    Sandbox sandbox = new Sandbox().with("seven", task -> 7);

    assertThat(sandbox.run("seven").code()).isEqualTo(7);
    assertThat(sandbox.run("eight").code()).isEqualTo(127);
  }
}
